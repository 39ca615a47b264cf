Feature: Report sequence
  The order of events between ASH Core, the reporter, S3 and the disk, and what the reporter returns.

  Background:
    Given a configured reporter

  @SEQ-01 @core @node:put_object_with_retry
  Rule: A reporter that is ready sends the report to S3
    Often wrong: the reporter stops at something that it checks first; an exception keeps it from uploading.

    @every-run
    Scenario: A ready reporter
      When the configuration is complete
      And an upload can be made
      And the reporter is ready
      Then an upload is sent

    Scenario: A JSON report
      When ASH Core runs the reporter

  @SEQ-02 @core @node:return_s3_url_or_error @interpretation:11 @after:CFG-05 @after:KEY-02
  Rule: ASH Core gets the S3 URL of the uploaded object
    Often wrong: the URL names the prefix without its slash, another region, host, or bucket; the key is
    percent-encoded behind s3://, where nothing decodes it; the reporter returns a sentence that contains the URL.

    @every-run
    Scenario: A report that S3 took
      When the upload is stored
      And the return value is other than nothing
      And the output folder is other than blocked
      Then ASH Core gets the S3 URL of the object

    @unusual
    Scenario Outline: A URL under a prefix with <what>
      Given the option key_prefix is "<prefix>"
      And the option file_format is "<format>"
      And a scan whose start is <start>
      And S3 answers the first attempt with SlowDown
      When ASH Core runs the reporter

      Examples:
        | what               | prefix           | format | start                        |
        | percent signs      | 100%/a%41%2Fb    | json   | 2026-01-15T00:00:00Z         |
        | path segments      | a/../../../b/./c | json   | 2025-12-31T23:59:59-05:00    |
        | two slashes        | /a//b            | yaml   | 2026-01-15T10:30:00.25-03:30 |
        | a slash at its end | old/ash-report-/ | json   | 2026-01-15T10:30:00.5Z       |

  @SEQ-03 @core @node:handle_errors @interpretation:5 @after:SEQ-01
  Rule: ASH Core gets an error message if S3 took no upload
    The message is text, and no URL. A reporter may find out early, and not be ready.
    Often wrong: the reporter returns the URL that the object would have had; it returns empty text.

    @every-run
    Scenario: A report that S3 did not take
      When the upload is refused or not sent
      And the return value is other than nothing
      Then ASH Core gets an error message

    @unusual
    Scenario Outline: A <format> report, and the answer is <answer>
      Given S3 answers every attempt with <answer>
      And the option file_format is "<format>"
      And the option key_prefix is "<prefix>"
      And a scan whose start is <start>
      When ASH Core runs the reporter

      Examples:
        | answer                    | format | prefix       | start                            |
        | a page of HTML            | json   | what?&#;     | 2024-02-29T00:00:00+05:30        |
        | an empty body             | yaml   | %Y/${HOME}   | 2024-12-30T12:00:00+00:00        |
        | something other than HTTP | json   | scans/       | 2026-01-15T10:30:00.000007-05:00 |
        | half of an XML document   | yaml   | a+b=c        | 2026-01-15T10:30:00-00:30        |
        | text that is not UTF-8    | json   | équipe/é 🔒  | 2026-01-15T10:30:00.050Z         |
        | PermanentRedirect         | yaml   | scans/       | 2025-12-31T23:59:59-05:00        |
        | InternalError             | json   | v1.yaml      | 2026-01-15T10:30:00.25           |

  @SEQ-04 @core @node:return_s3_url_or_error @interpretation:5
  Rule: An error is returned, not raised
    Often wrong: the reporter catches errors of the upload, but not a missing profile, or an unwritable local copy.

    @every-run
    Scenario: A call of report
      When the reporter is ready
      Then report returns text

    Scenario: The connection breaks
      Given S3 answers every attempt with a broken connection
      When ASH Core runs the reporter

    @unusual
    Scenario: No credentials
      Given there are no AWS credentials
      When ASH Core runs the reporter

    @unusual
    Scenario: A profile that does not exist
      Given the option aws_profile is "no-such-profile"
      When ASH Core runs the reporter

    @unusual
    Scenario: Neither the upload nor the local copy works
      Given a file takes the place of the reports folder
      And S3 answers every attempt with AccessDenied
      And S3 answers every request but uploads with AccessDenied
      When ASH Core runs the reporter

  @SEQ-05 @core @node:write_local_copy @interpretation:6
  Rule: The local copy is written after the upload
    Often wrong: the reporter writes the file first, so that there may be a copy of a report that never reached S3.

    @every-run
    Scenario: The attempts
      When the upload is stored or refused
      Then there was no local copy when an attempt began

    Scenario: A YAML report
      Given the option file_format is "yaml"
      When ASH Core runs the reporter

  @SEQ-06 @recommended @node:write_local_copy @interpretation:6 @after:ARC-01 @after:SEQ-01 @after:CFG-07
  Rule: The local copy is written whatever S3 answers
    The diagram writes the copy before it processes the response and handles errors.
    Recommended because the copy is the only report that remains; the diagram of the local output draws only success.
    Often wrong: the reporter writes the copy only after a success; it leaves the copy of an earlier scan.

    @every-run
    Scenario: An upload that S3 did not take
      When the upload is refused
      And the return value is other than nothing
      And the output folder is other than blocked
      Then the output folder contains a copy of the report

    @every-run
    Scenario: No upload at all
      When a report can be made
      And the return value is other than nothing
      And the upload is not sent
      And the output folder is other than blocked
      Then the output folder contains a new report

    @unusual
    Scenario: Nothing answers at the endpoint
      Given nothing answers at the endpoint
      And the option file_format is "yaml"
      When ASH Core runs the reporter

    @unusual
    Scenario: A copy of an earlier scan, of the same length, exists, and S3 refuses this one
      Given a scan of the day before was reported before
      And S3 answers every attempt with AccessDenied
      When ASH Core runs the reporter
