Feature: Transient retry
  For a reporter that also retries after internal errors of S3, timeouts, and broken connections.

  Background:
    Given a configured reporter

  @EXT-TRANSIENT-01 @extended @interpretation:2
  Rule: An upload that fails because of S3 or the network is retried
    Often wrong: the reporter only looks at answers of S3, so that a broken connection ends the upload.

    @every-run
    Scenario: A failure of S3 or the network
      When S3 answers the first attempt with a failure of S3 or the network
      Then S3 sees at least 2 attempts

    Scenario Outline: <answer> once
      Given S3 answers the first attempt with <answer>
      And the option file_format is "<format>"
      When ASH Core runs the reporter

      Examples:
        | answer              | format |
        | InternalError       | yaml   |
        | RequestTimeout      | json   |
        | a broken connection | yaml   |

  @EXT-TRANSIENT-02 @extended @interpretation:3 @unless:ERR-07
  Rule: Its waits grow as after throttling
    Often wrong: the reporter retries at once.

    @every-run
    Scenario: Waits after failures of S3
      When the backoff is measured
      And S3 answers the first attempt with a failure of S3 or the network
      Then the waits between the attempts grow

    Scenario: S3 fails on every attempt, with waits
      Given S3 answers every attempt with InternalError
      And base_delay is 0.2 s if the reporter has this option
      When ASH Core runs the reporter until its waits can be measured
