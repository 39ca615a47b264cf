Feature: Retry options
  For a reporter with the options max_retries, base_delay, and max_delay.

  Background:
    Given a configured reporter

  @interpretation:1
  Rule: The option max_retries sets the number of retries
    Often wrong: the reporter reads the option but uses a fixed number, or treats 0 as not set.

    @EXT-RETRY-01 @extended @feature:retry-options @path:error_handling/one-retry-exhausted
    Scenario: One retry
      Given the option max_retries is 1
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns an error message

    @EXT-RETRY-05 @extended @feature:retry-options @path:error_handling/two-retries-exhausted
    Scenario Outline: As many retries as configured
      Given the option max_retries is <retries>
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees <attempts> attempts
      And the reporter returns an error message

      Examples:
        | retries | attempts |
        | 2       | 3        |
        | 5       | 6        |

    @EXT-RETRY-02 @extended @feature:retry-options @path:beyond-the-diagrams
    Scenario: No retry at all
      Given the option max_retries is 0
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns an error message

    @EXT-RETRY-10 @extended @feature:retry-options @path:beyond-the-diagrams
    Scenario: Many retries
      Given the option max_retries is 10
      And the option base_delay is 0.001
      And the option max_delay is 0.005
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees 11 attempts
      And the reporter returns an error message

  @interpretation:3
  Rule: The options base_delay and max_delay set the waits
    Often wrong: the waits grow without a limit, or the first wait is already as long as the limit, or longer; the
    reporter takes the delays for milliseconds, or 0 for not set; it also waits before the first attempt or after
    the last one.

    @EXT-RETRY-03 @extended @feature:retry-options @path:error_handling/retries-exhausted
    Scenario: Each wait is twice as long as the one before
      Given the option base_delay is 0.05
      And the option max_delay is 8
      And the option max_retries is 5
      And S3 throttles every attempt, each time under another name
      When ASH Core runs the reporter
      Then the waits between the attempts follow base_delay and max_delay

    @EXT-RETRY-04 @extended @feature:retry-options @path:error_handling/retries-exhausted
    Scenario Outline: No wait is longer than max_delay
      Given the option base_delay is <base_delay>
      And the option max_delay is 0.1
      And the option max_retries is <retries>
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then the waits between the attempts follow base_delay and max_delay

      Examples:
        | base_delay | retries |
        | 0.1        | 6       |
        | 0.8        | 2       |

    @EXT-RETRY-08 @extended @feature:retry-options @path:error_handling/retries-exhausted
    Scenario: A base_delay of 0 means no wait
      Given the option base_delay is 0
      And the option max_retries is 4
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then the waits between the attempts follow base_delay and max_delay

    @EXT-RETRY-06 @extended @feature:retry-options @path:error_handling/success
    Scenario: No wait without a retry
      Given the option base_delay is 20
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter ends sooner than base_delay

    @EXT-RETRY-07 @extended @feature:retry-options @path:error_handling/access-denied
    Scenario: No wait after an error that is not retried
      Given the option base_delay is 20
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter ends sooner than base_delay
