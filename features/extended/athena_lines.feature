Feature: Lines for Athena
  For a reporter whose JSON is one line, so that Athena can read it without conversion.

  Background:
    Given a configured reporter

  @interpretation:12
  Rule: A JSON record is one line
    Athena's JSON SerDes read every line as one record. Often wrong: the JSON is indented.

    @EXT-ATHENA-01 @extended @feature:athena-lines @path:beyond-the-diagrams
    Scenario: The report of a real scan
      Given the results of a real scan
      When ASH Core runs the reporter
      Then every line of the object is a JSON record

    @EXT-ATHENA-02 @extended @feature:athena-lines @path:beyond-the-diagrams
    Scenario: The report of a scan with line breaks in its text
      Given a scan of a project whose name has line breaks
      When ASH Core runs the reporter
      Then every line of the object is a JSON record
      And the object contains the scan results

    @EXT-ATHENA-03 @extended @feature:athena-lines @path:integrations/athena
    Scenario: SQL that reads every line as one record
      Given the option key_prefix is "scans/"
      When ASH Core runs the reporter
      Then SQL over the lines of the reports under "scans/" counts the scan's findings
