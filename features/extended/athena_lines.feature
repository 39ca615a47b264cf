Feature: Lines for Athena
  For a reporter whose JSON is one line, so that Athena can read it without conversion.

  Background:
    Given a configured reporter

  @EXT-ATHENA-01 @extended @interpretation:12
  Rule: A JSON record is one line
    Athena's JSON SerDes read every line as one record.
    Often wrong: the JSON is indented.

    @every-run
    Scenario: file_format json
      When an upload is sent
      And the file format is "json"
      Then every line of the report is a JSON record

    @unusual
    Scenario: A project whose name has line breaks
      Given scan results with a project whose name has line breaks
      When ASH Core runs the reporter

  @EXT-ATHENA-02 @extended @node:integrations/athena @interpretation:12
  Rule: SQL that reads every line as one record counts the findings
    Often wrong: the JSON is indented.

    @every-run
    Scenario: A query over lines
      When S3 stores the report
      And "athena-lines" reads the bucket
      Then SQL counts the findings of every scan

    Scenario: Athena reads the lines of a report
      Given the option key_prefix is "lines"
      When ASH Core runs the reporter, and "athena-lines" reads the bucket
