Feature: Transient retry
  For a reporter that also retries after internal errors of S3, timeouts, and broken connections.

  Background:
    Given a configured reporter

  @interpretation:2
  Rule: An upload that fails because of S3 or the network is retried as after throttling
    Often wrong: the reporter only looks at answers of S3, so that a broken connection ends the upload; it
    retries at once.

    @EXT-TRANSIENT-01 @extended @feature:transient-retry @path:beyond-the-diagrams
    Scenario Outline: S3 fails once
      Given S3 answers the first attempt with the error <code>
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns the S3 URL of the object

      Examples:
        | code           |
        | InternalError  |
        | RequestTimeout |

    @EXT-TRANSIENT-02 @extended @feature:transient-retry @path:beyond-the-diagrams
    Scenario: The connection breaks
      Given the connection breaks before S3 receives the first attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns the S3 URL of the object

    @EXT-TRANSIENT-03 @extended @feature:transient-retry @path:beyond-the-diagrams
    Scenario: S3 fails on every attempt
      Given S3 answers every attempt with the error InternalError
      When ASH Core runs the reporter
      Then S3 sees max_retries + 1 attempts
      And the reporter returns an error message

    @EXT-TRANSIENT-04 @extended @feature:transient-retry @path:beyond-the-diagrams
    Scenario: The waits grow as after throttling
      Given S3 answers every attempt with the error InternalError
      And the option base_delay is 0.2 if the reporter declares retry-options, else its own delays apply
      When ASH Core runs the reporter
      Then the waits between the attempts grow
