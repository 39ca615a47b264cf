Feature: No retry stacking
  For a reporter whose retries are not multiplied by those of the SDK, even if the environment asks the SDK to retry.

  Background:
    Given a configured reporter

  @EXT-STACK-01 @extended @node:error_handling/max_reached @interpretation:1
  Rule: The SDK adds no retries to those of the reporter
    Often wrong: the SDK retries each attempt as well, so that S3, which asked for fewer requests, gets three
    or five times as many.

    @every-run
    Scenario: The SDK is told to retry
      When the SDK is told to retry
      Then S3 sees no more attempts than max_retries allows

    Scenario Outline: The SDK's retries are switched on in the mode <mode>
      Given the environment variable AWS_MAX_ATTEMPTS is "3"
      And the environment variable AWS_RETRY_MODE is "<mode>"
      And S3 answers every attempt with SlowDown
      When ASH Core runs the reporter

      Examples:
        | mode     |
        | legacy   |
        | standard |
