Feature: Report sequence
  The order of events between ASH Core, the reporter, S3 and the disk, and what the reporter returns.

  Background:
    Given a configured reporter

  @SEQ-01 @core @node:put_object_with_retry
  Rule: A reporter that is ready sends the report to S3
    Without an upload, most other rules cannot be judged.
    Often wrong: the reporter stops at something that it checks first; an exception keeps it from uploading.

    @every-run
    Scenario: A ready reporter
      When the reporter is ready and can upload
      Then an upload is sent

    Scenario: A JSON report
      When ASH Core runs the reporter

    Scenario: A YAML report
      Given the option file_format is "yaml"
      When ASH Core runs the reporter

  @SEQ-02 @core @node:return_s3_url_or_error @interpretation:11
  Rule: ASH Core gets the S3 URL of the uploaded object
    Often wrong: the URL names the prefix without its slash, another region, another host, or the configured
    bucket instead of the bucket that was used; the key is percent-encoded behind s3://, where nothing decodes
    it; the reporter returns a sentence that contains the URL.

    @every-run
    Scenario: A report that S3 took
      When S3 stores the report
      And report returns text
      Then ASH Core gets the S3 URL of the object

    @unusual
    Scenario Outline: A URL under a prefix with <what>
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter

      Examples:
        | what             | prefix        |
        | a percent sign   | 100%          |
        | percent-encoding | a%41%2Fb      |
        | query characters | what?&#;      |
        | a slash at its beginning | /a    |
        | two slashes in it        | a//b  |
        | a dot segment            | ./a   |
        | a parent segment         | team/../scans |

  @SEQ-03 @core @node:handle_errors @interpretation:5
  Rule: ASH Core gets an error message if S3 took no upload
    The message is text, and no URL. A reporter may find out early, and not be ready.
    Often wrong: the reporter returns the URL that the object would have had; it returns empty text.

    @every-run
    Scenario: A report that S3 did not take
      When S3 stores no report
      And report returns text
      Then ASH Core gets an error message

    @unusual
    Scenario Outline: A proxy answers with <answer>
      Given S3 answers every attempt with <answer>
      When ASH Core runs the reporter

      Examples:
        | answer                    |
        | a page of HTML            |
        | an empty body             |
        | something other than HTTP |
        | half of an XML document   |
        | text that is not UTF-8    |

    @unusual
    Scenario: A redirect to another region
      Given S3 answers every attempt with PermanentRedirect
      When ASH Core runs the reporter

    @unusual
    Scenario: A temporary redirect
      Given S3 answers every attempt with TemporaryRedirect
      When ASH Core runs the reporter

  @SEQ-04 @core @node:return_s3_url_or_error @interpretation:5
  Rule: An error is returned, not raised
    Whatever goes wrong, `report` returns text.
    Often wrong: the reporter catches errors of the upload only, not those that come before or after it, such as
    a missing profile or an unwritable local copy.

    @every-run
    Scenario: A call of report
      When the reporter is ready
      Then report returns text

    @unusual
    Scenario: No credentials
      Given there are no AWS credentials
      When ASH Core runs the reporter

    @unusual
    Scenario: A profile that does not exist
      Given the option aws_profile is "no-such-profile"
      When ASH Core runs the reporter

    @unusual
    Scenario: A local copy that cannot be written
      Given a file takes the place of the reports folder
      When ASH Core runs the reporter

    @unusual
    Scenario: Neither the upload nor the local copy works
      Given a file takes the place of the reports folder
      And S3 answers every attempt with AccessDenied
      When ASH Core runs the reporter

  @SEQ-05 @core @node:write_local_copy @interpretation:6
  Rule: The local copy is written after the upload
    Often wrong: the reporter writes the file first and then uploads it, so that a copy can exist of a report that
    never reached S3.

    @every-run
    Scenario: The first attempt
      When an upload is sent
      Then there was no local copy when the upload began

    Scenario: The copy of a YAML report of another scan
      Given an earlier, larger scan was reported before
      And the option file_format is "yaml"
      When ASH Core runs the reporter

  @SEQ-06 @recommended @node:write_local_copy @interpretation:6
  Rule: The local copy is written whatever S3 answers
    The diagram writes the copy before it processes the response and handles errors.
    Recommended because the copy is the only report that remains; the diagram of the local output draws success alone.
    Often wrong: the reporter writes the copy in the branch of success, so that the results are lost just when S3
    cannot be reached; it leaves the copy of an earlier scan.

    @every-run
    Scenario: An upload that S3 did not take
      When an upload is sent
      And S3 stores no report
      And the reports folder can be written
      Then the output folder contains a copy of the report

    @every-run
    Scenario: No upload at all
      When the reporter is ready
      And nothing can be uploaded
      And the reports folder can be written
      Then the output folder contains a new report

    @unusual
    Scenario: Nothing answers at the endpoint
      Given nothing answers at the endpoint
      When ASH Core runs the reporter

    @unusual
    Scenario: A copy of an earlier, larger scan exists, and S3 refuses this one
      Given an earlier, larger scan was reported before
      And S3 answers every attempt with AccessDenied
      When ASH Core runs the reporter
