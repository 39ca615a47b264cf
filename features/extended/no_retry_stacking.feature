Feature: No retry stacking
  For a reporter whose retries are not multiplied by those of the SDK, even if the environment asks the SDK to retry.

  Background:
    Given a configured reporter

  @EXT-STACK-01 @extended @node:error_handling/max_reached @interpretation:1
  Rule: The SDK adds no retries to those of the reporter
    Often wrong: the SDK retries each attempt as well, so that S3, which asked for fewer requests, gets many more.

    @every-run
    Scenario: The SDK is told to retry
      When AWS_MAX_ATTEMPTS is set
      And the upload is stored or refused
      Then S3 sees no more attempts than max_retries allows

    Scenario: The SDK's retries are switched on
      Given the environment variable AWS_MAX_ATTEMPTS is "3"
      And the environment variable AWS_RETRY_MODE is "standard"
      And S3 answers every attempt with SlowDown
      When ASH Core runs the reporter
