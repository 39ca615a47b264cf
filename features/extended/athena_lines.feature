Feature: Lines for Athena
  For a reporter whose JSON Athena can read as it lies in the bucket.

  Background:
    Given a configured reporter

  @interpretation:12
  Rule: A JSON record is one line
    Athena's JSON SerDes take every line for a record. Often wrong: the JSON is indented.

    @EXT-ATHENA-01 @extended @feature:athena-lines @path:beyond-the-diagrams
    Scenario: The report of a real scan
      Given the results of a real scan
      When ASH Core runs the reporter
      Then every line of the object is a JSON record

    @EXT-ATHENA-02 @extended @feature:athena-lines @path:beyond-the-diagrams
    Scenario: The report of a scan with line breaks in its text
      Given a scan of a project called "two\nlines"
      When ASH Core runs the reporter
      Then every line of the object is a JSON record
      And the object holds the scan results

    @EXT-ATHENA-03 @extended @feature:athena-lines @path:integrations/s3=athena
    Scenario: SQL that takes every line for a record
      Given the option key_prefix is "scans/"
      When ASH Core runs the reporter
      Then SQL over the lines of the reports under "scans/" counts the scan's findings
