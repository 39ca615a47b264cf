Feature: Preflight
  For a reporter that finds out before it reports that its bucket is missing.

  Background:
    Given a configured reporter

  @EXT-PREFLIGHT-01 @extended @interpretation:4
  Rule: A reporter is not ready if its bucket does not exist
    The check is any request before the upload. Often wrong: the reporter takes any answer from S3 for success.

    @every-run
    Scenario: The bucket is missing
      When the bucket is missing
      And the check is answered
      And S3 can be asked
      Then the reporter is not ready

  @EXT-PREFLIGHT-02 @extended @interpretation:4
  Rule: A reporter is ready unless S3 clearly says that it cannot work
    Often wrong: the reporter takes a check that is throttled, or that fails, for a reason not to upload.

    @every-run
    Scenario: S3 refuses the check
      When the check is SlowDown or InternalError
      And S3 can be asked
      Then the reporter is ready
      And an upload is sent

    Scenario Outline: The check is answered with <code>
      Given S3 answers every request but uploads with <code>
      And the option file_format is "<format>"
      When ASH Core runs the reporter

      Examples:
        | code          | format |
        | SlowDown      | json   |
        | InternalError | yaml   |
