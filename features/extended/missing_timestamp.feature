Feature: Missing timestamp
  For a reporter that also uploads the results of a scan without a start time.

  Background:
    Given a configured reporter

  @interpretation:7
  Rule: A key never contains a placeholder for a missing timestamp
    Often wrong: the key contains None, null, or undefined, or the first instant that the language knows, such
    as 1970-01-01.

    @EXT-TIMESTAMP-01 @extended @feature:missing-timestamp @path:beyond-the-diagrams
    Scenario: The start of the scan is missing
      Given a scan without a start time
      When ASH Core runs the reporter
      Then the object's key contains no placeholder such as None
      And the object contains the scan results

    @EXT-TIMESTAMP-02 @extended @feature:missing-timestamp @path:beyond-the-diagrams
    Scenario: The start of the scan is empty
      Given a scan that started at ""
      When ASH Core runs the reporter
      Then the object's key contains no placeholder such as None
