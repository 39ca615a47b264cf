Feature: Name of the local copy
  For a reporter whose local copy is called s3-report, whatever the key.

  Background:
    Given a configured reporter

  @EXT-NAME-01 @extended @node:local_output/write_copy @interpretation:6
  Rule: The copy is called s3-report
    Often wrong: the extension does not follow the format.

    @every-run
    Scenario: A JSON copy
      When the copy is written
      And the file_format is json
      Then the path of the copy begins with "reports/s3-report.json"

    @every-run
    Scenario: A YAML copy
      When the copy is written
      And the file_format is yaml
      Then the path of the copy begins with "reports/s3-report.yaml"

    Scenario: A YAML copy under a prefix that is a date
      Given the option file_format is "yaml"
      And the option key_prefix is "2026/01/15"
      When ASH Core runs the reporter
