Feature: Retry options
  For a reporter that can be told how often to retry, and how long to wait.

  Background:
    Given a configured reporter

  @interpretation:1
  Rule: The option max_retries says how often
    Often wrong: the option is read and a number of the code's own is used, or 0 counts as not set.

    @EXT-RETRY-01 @extended @feature:retry-options @path:error_handling/call_successful=no,error_type=throttling,retry_successful=no,max_reached=yes
    Scenario: One retry
      Given the option max_retries is 1
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns an error message

    @EXT-RETRY-05 @extended @feature:retry-options @path:error_handling/call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
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

  @interpretation:3
  Rule: The options base_delay and max_delay say how long
    Often wrong: the wait grows without a cap, or is as long as the cap from the beginning; the delay is
    taken for milliseconds; the wait comes after the last attempt, too.

    @EXT-RETRY-03 @extended @feature:retry-options @path:error_handling/call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario: Each wait is twice the one before
      Given the option base_delay is 0.1
      And the option max_delay is 10
      And the option max_retries is 3
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then the waits between the attempts are those of the options

    @EXT-RETRY-04 @extended @feature:retry-options @path:error_handling/call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario: No wait is longer than the cap
      Given the option base_delay is 0.2
      And the option max_delay is 0.2
      And the option max_retries is 3
      And S3 throttles every attempt
      When ASH Core runs the reporter
      Then the waits between the attempts are those of the options
