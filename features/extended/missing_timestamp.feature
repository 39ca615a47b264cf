Feature: Missing timestamp
  For a reporter that also uploads the results of a scan without a start time.

  Background:
    Given a configured reporter

  @EXT-TIMESTAMP-01 @extended @interpretation:7 @after:SEQ-01
  Rule: A key never contains a placeholder for a missing timestamp
    Often wrong: the key contains None, null, or undefined, or the first instant that the language knows.

    @every-run
    Scenario: No start
      When the start is missing or empty text
      And an upload can be made
      Then an upload is sent
      And the key contains no placeholder such as None

    Scenario Outline: A scan whose start is <kind>
      Given a scan whose start is <kind>
      And the option file_format is "<format>"
      When ASH Core runs the reporter

      Examples:
        | kind       | format |
        | missing    | json   |
        | empty text | yaml   |
