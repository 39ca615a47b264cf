Feature: Preflight
  For a reporter that finds out before it reports that its bucket is missing.

  Background:
    Given a configured reporter

  @interpretation:4
  Rule: A reporter is ready unless S3 clearly says that it cannot work
    Every reporter is asked whether it takes 403 for a clear answer: CFG-46.
    Often wrong: the reporter takes any answer from S3 for success.

    @EXT-PREFLIGHT-01 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket is missing
      Given the bucket does not exist
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @EXT-PREFLIGHT-03 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket exists
      When ASH Core runs the reporter
      Then the reporter is ready

    @EXT-PREFLIGHT-05 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario Outline: S3 is busy, or fails, during the check
      Given S3 answers every request but uploads with the error <error>
      When ASH Core runs the reporter
      Then the reporter is ready
      And the reporter returns the S3 URL of the object

      Examples:
        | error         |
        | SlowDown      |
        | InternalError |
