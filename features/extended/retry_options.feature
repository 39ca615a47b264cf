Feature: Retry options
  For a reporter with the options max_retries, base_delay, and max_delay.

  Background:
    Given a configured reporter

  @EXT-RETRY-01 @extended @node:error_handling/max_reached @interpretation:1 @after:ARC-01 @after:ERR-03
  Rule: The option max_retries sets the number of retries
    Often wrong: the reporter reads the option but uses a fixed number, or treats 0 as not set.

    @every-run
    Scenario: max_retries, and S3 throttles every attempt
      When the reporter is ready
      And the max_retries is other than not set
      And the answer is SlowDown
      And an upload can be made
      Then S3 sees max_retries + 1 attempts

    Scenario Outline: <retries> retries
      Given the option max_retries is <retries>
      And S3 answers every attempt with SlowDown
      When ASH Core runs the reporter

      Examples:
        | retries |
        | 0       |
        | 1       |

    @unusual
    Scenario: Many retries
      Given the option max_retries is 70
      And the option base_delay is 0.001
      And the option max_delay is 0.02
      And S3 answers every attempt with SlowDown
      When ASH Core runs the reporter

  @EXT-RETRY-02 @extended @node:error_handling/backoff @interpretation:3 @unless:ERR-07 @after:ERR-03 @after:ERR-05
  Rule: The options base_delay and max_delay set the waits
    Often wrong: the waits grow without a limit; delays count as milliseconds, or 0 as not set; a doubled integer wraps.

    @every-run
    Scenario: Retries
      When the number of retries is one or several
      And the base_delay is other than not set
      Then the waits between the attempts follow base_delay and max_delay

    Scenario Outline: <retries> retries, from <base_delay> s to <max_delay> s
      Given the option base_delay is <base_delay>
      And the option max_delay is <max_delay>
      And the option max_retries is <retries>
      And S3 answers every attempt with SlowDown
      When ASH Core runs the reporter until its waits can be measured

      Examples:
        | base_delay | max_delay | retries |
        | 0.1        | 0.8       | 5       |
        | 0.8        | 0.1       | 2       |
        | 0          | 8         | 4       |
        | 0.1        | 0         | 5       |
