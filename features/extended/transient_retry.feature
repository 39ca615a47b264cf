Feature: Transient retry
  For a reporter that also retries what tends to pass by itself.

  Background:
    Given a configured reporter

  @interpretation:2
  Rule: A fault of S3 or of the network is retried like throttling
    Often wrong: only answers are looked at, so that a connection that breaks ends the upload.

    @EXT-TRANSIENT-01 @extended @feature:transient-retry @path:beyond-the-diagrams
    Scenario Outline: S3 is at fault
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
      Given the connection of the first attempt breaks before S3 has it
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns the S3 URL of the object

    @EXT-TRANSIENT-03 @extended @feature:transient-retry @path:beyond-the-diagrams
    Scenario: S3 is at fault for ever
      Given S3 answers every attempt with the error InternalError
      When ASH Core runs the reporter
      Then S3 sees one attempt more than there are retries
      And the reporter returns an error message
