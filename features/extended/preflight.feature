Feature: Preflight
  For a reporter that finds out before it reports that its bucket is missing or forbidden.

  Background:
    Given a configured reporter

  @interpretation:4
  Rule: A reporter that cannot use its bucket is not ready
    Often wrong: the reporter takes any answer from S3 for success.

    @EXT-PREFLIGHT-01 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket is missing
      Given the option bucket_name is "no-such-bucket-anywhere"
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @EXT-PREFLIGHT-02 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket is forbidden
      Given the reporter's credentials allow nothing
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @EXT-PREFLIGHT-03 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket exists
      When ASH Core runs the reporter
      Then the reporter is ready
