Feature: Name of the local copy
  For a reporter whose local copy is called s3-report, whatever the key.

  Background:
    Given a configured reporter

  @EXT-NAME-01 @extended @node:local_output/write_copy @interpretation:6
  Rule: The copy is called s3-report
    Often wrong: the extension does not follow the format.

    @every-run
    Scenario: A copy
      When the output folder contains a copy of the report
      And a file format is configured
      Then the copy is called s3-report, with the extension of the format

    Scenario: A YAML copy under a prefix that is a date
      Given the option file_format is "yaml"
      And the option key_prefix is "2026/01/15"
      When ASH Core runs the reporter
