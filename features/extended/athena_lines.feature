Feature: Lines for Athena
  For a reporter whose JSON is one line, so that Athena can read it without conversion.

  Background:
    Given a configured reporter

  @EXT-ATHENA-01 @extended @interpretation:12 @after:ERR-06 @after:FMT-01 @after:ARC-02 @after:ARC-01
  Rule: A JSON record is one line
    Athena's JSON SerDes read every line as one record. Often wrong: the JSON is indented.

    @every-run
    Scenario: file_format json
      When the upload is stored or refused
      And the file_format is json
      Then every line of the report is a JSON record

    @every-run
    Scenario: A query over lines
      When the upload is stored
      And the reader is athena-lines
      Then the reader counts the findings of every scan

    @unusual
    Scenario: Athena reads the lines of a report whose text has line breaks
      Given scan results with a project whose name has line breaks
      When ASH Core runs the reporter, and "athena-lines" reads the bucket
