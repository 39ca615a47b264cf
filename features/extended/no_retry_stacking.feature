Feature: No retry stacking
  For a reporter whose retries do not multiply with those of the SDK.

  Background:
    Given a configured reporter

  @interpretation:1
  Rule: The reporter's retries are all there are
    Often wrong: the SDK retries each attempt of the reporter's by itself, so that S3, which asked for
    less, gets three or five times as many.

    @EXT-STACK-01 @extended @feature:no-retry-stacking @path:error_handling/call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario Outline: The SDK's retries are left on
      Given the environment variable AWS_MAX_ATTEMPTS is "3"
      And the environment variable AWS_RETRY_MODE is "<mode>"
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees one attempt more than there are retries

      Examples:
        | mode     |
        | legacy   |
        | standard |
