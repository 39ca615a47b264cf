Feature: No retry stacking
  For a reporter whose retries are not multiplied by those of the SDK, even if the environment asks the SDK to retry.

  Background:
    Given a configured reporter

  @interpretation:1
  Rule: The SDK adds no retries to those of the reporter
    Often wrong: the SDK retries each attempt as well, so that S3, which asked for fewer requests, gets three
    or five times as many.

    @EXT-STACK-01 @extended @feature:no-retry-stacking @path:error_handling/retries-exhausted
    Scenario Outline: The SDK's retries are switched on
      Given the environment variable AWS_MAX_ATTEMPTS is "3"
      And the environment variable AWS_RETRY_MODE is "<mode>"
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees max_retries + 1 attempts

      Examples:
        | mode     |
        | legacy   |
        | standard |
