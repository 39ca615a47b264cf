Feature: Missing timestamp
  For a reporter that can name the report of a scan that does not say when it started.

  Background:
    Given a configured reporter

  @interpretation:7
  Rule: A key never holds a word for nothing
    Often wrong: the key says None, null or undefined.

    @EXT-TIMESTAMP-01 @extended @feature:missing-timestamp @path:beyond-the-diagrams
    Scenario: The start of the scan is unknown
      Given a scan whose start is unknown
      When ASH Core runs the reporter
      Then the timestamp in the object's key is no word for nothing
      And the object holds the scan results

    @EXT-TIMESTAMP-02 @extended @feature:missing-timestamp @path:beyond-the-diagrams
    Scenario: The start of the scan is empty text
      Given a scan that started at ""
      When ASH Core runs the reporter
      Then the timestamp in the object's key is no word for nothing
