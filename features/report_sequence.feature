Feature: Report sequence
  In which order things happen between ASH Core, the reporter, S3 and the disk, and what comes back.

  Background:
    Given a configured reporter

  @interpretation:11
  Rule: ASH Core gets the S3 URL of the object that was written
    Often wrong: the URL names the prefix without its slash, another region or the configured instead of
    the used bucket; it is returned although nothing was written.

    @SEQ-01 @core @path:alt=json
    Scenario: A JSON report, from the call to its URL
      Given the option file_format is "json"
      When ASH Core runs the reporter
      Then the object is a JSON document
      And the folder reports holds a copy of the object
      And the reporter returns the S3 URL of the object

    @SEQ-02 @core @path:alt=yaml
    Scenario: A YAML report, from the call to its URL
      Given the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object is a YAML document
      And the folder reports holds a copy of the object
      And the reporter returns the S3 URL of the object

    @SEQ-03 @core @path:alt=json
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

    @SEQ-04 @core @path:alt=json
    Scenario: The URL leads to the bucket of the environment
      Given a bucket "elsewhere"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "elsewhere"
      When ASH Core runs the reporter
      Then the upload goes to the bucket "elsewhere"
      And the reporter returns the S3 URL of the object

  @interpretation:6
  Rule: The local copy is written after the upload
    Often wrong: the file is written first and then uploaded, so that a copy exists of what S3 never saw.

    @SEQ-05 @core @path:alt=json
    Scenario: When S3 gets a JSON report, there is no copy yet
      Given the option file_format is "json"
      When ASH Core runs the reporter
      Then the copy was not there when the upload began
      And the folder reports holds a copy of the object

    @SEQ-06 @core @path:alt=yaml
    Scenario: When S3 gets a YAML report, there is no copy yet
      Given the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the copy was not there when the upload began
      And the folder reports holds a copy of the object

  @interpretation:6
  Rule: The local copy is written whatever S3 answered
    The diagram writes the copy before it processes the response and handles errors.
    Often wrong: the copy is written after the upload succeeded, so that just when S3 cannot be reached
    the results are nowhere.

    @SEQ-07 @core @path:alt=json
    Scenario Outline: S3 refuses a JSON report
      Given the option file_format is "json"
      And S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the folder reports holds a copy of what should have been uploaded
      And the reporter returns an error message

      Examples:
        | code           |
        | AccessDenied   |
        | NoSuchBucket   |
        | InvalidRequest |
        | SlowDown       |

    @SEQ-08 @core @path:alt=yaml
    Scenario: S3 refuses a YAML report
      Given the option file_format is "yaml"
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then the folder reports holds a copy of what should have been uploaded
      And the reporter returns an error message
