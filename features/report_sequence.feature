Feature: Report sequence
  The order of events between ASH Core, the reporter, S3 and the disk, and what the reporter returns.

  Background:
    Given a configured reporter

  @interpretation:11
  Rule: ASH Core gets the S3 URL of the uploaded object
    Often wrong: the URL names the prefix without its slash, another region, another host, or the configured
    bucket instead of the bucket that was used; the key is percent-encoded behind s3://, where nothing decodes
    it; the reporter returns a URL although it wrote nothing.

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report, from the call to its URL
      Given the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object is a <format> document
      And the reports folder contains a copy of the object
      And the reporter returns the S3 URL of the object

      Examples:
        | id     | format | file_format |
        | SEQ-01 | JSON   | json        |
        | SEQ-02 | YAML   | yaml        |

    @SEQ-03 @core @path:json
    Scenario Outline: The URL leads to the object, whatever the prefix
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then the reporter returns the S3 URL of the object

      Examples:
        | prefix          |
        | scans           |
        | scans/          |
        | Weekly Scans    |
        | équipe/sécurité |

    @SEQ-09 @interpretation:6 @interpretation:15 @core @path:json
    Scenario Outline: The URL leads to the object, even if the prefix looks like a path
      Often wrong: the HTTP client resolves the path, so that the object gets another key than the URL; the key is
      used as the path of the local copy, which then leaves its folder.
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then the buckets contain one object
      And the reports folder contains a copy of the object
      And nothing but the copy was changed on disk
      And the reporter returns the S3 URL of the object

      Examples:
        | prefix        |
        | a//b          |
        | ./a           |
        | team/../scans |
        | /a            |

    @SEQ-04 @core @path:json
    Scenario: The URL leads to the bucket that the environment sets
      Given a bucket "elsewhere"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "elsewhere"
      When ASH Core runs the reporter
      Then the upload goes to the bucket "elsewhere"
      And the reporter returns the S3 URL of the object

  @interpretation:6
  Rule: The local copy is written after the upload
    Often wrong: the reporter writes the file first and then uploads it, so that a copy can exist of a report that
    never reached S3.

    @<id> @core @path:<file_format>
    Scenario Outline: When a <format> report reaches S3, there is no copy yet
      Given the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then there was no local copy when the upload began
      And the reports folder contains a copy of the object

      Examples:
        | id     | format | file_format |
        | SEQ-05 | JSON   | json        |
        | SEQ-06 | YAML   | yaml        |

  @interpretation:6
  Rule: The local copy is written whatever S3 answers
    The diagram writes the copy before it processes the response and handles errors.
    Often wrong: the reporter writes the copy only after a successful upload, so that the results are lost
    just when S3 cannot be reached.

    @<id> @core @path:<file_format>
    Scenario Outline: S3 refuses a <format> report
      Given the option file_format is "<file_format>"
      And S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the reports folder contains a copy of what the reporter tried to upload
      And the reporter returns an error message

      Examples:
        | id     | format | file_format | code           |
        | SEQ-07 | JSON   | json        | AccessDenied   |
        | SEQ-07 | JSON   | json        | NoSuchBucket   |
        | SEQ-07 | JSON   | json        | InvalidRequest |
        | SEQ-07 | JSON   | json        | SlowDown       |
        | SEQ-08 | YAML   | yaml        | AccessDenied   |
        | SEQ-08 | YAML   | yaml        | SlowDown       |
