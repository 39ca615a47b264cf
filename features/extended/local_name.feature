Feature: Name of the local copy
  For a reporter whose local copy is called s3-report, whatever the key.

  Background:
    Given a configured reporter

  @interpretation:6
  Rule: The copy is called s3-report
    Often wrong: the extension does not follow the format.

    @EXT-NAME-01 @extended @feature:local-name @path:local_output/copy
    Scenario Outline: The name follows the format
      Given the option file_format is "<format>"
      When ASH Core runs the reporter
      Then the file "reports/s3-report.<format>" is a copy of the object

      Examples:
        | format |
        | json   |
        | yaml   |
