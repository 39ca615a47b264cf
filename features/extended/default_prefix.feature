Feature: Default prefix
  For a reporter that puts its objects under ash-reports/ where no prefix is configured.

  Background:
    Given a configured reporter

  @interpretation:7
  Rule: Where no prefix is configured, it is ash-reports/
    Often wrong: the default has no slash and nobody adds one.

    @EXT-PREFIX-01 @extended @feature:default-prefix @path:object_naming/file_format=json
    Scenario: The key without a configured prefix
      Given the option key_prefix is not set
      When ASH Core runs the reporter
      Then the object's key begins with "ash-reports/ash-report-"
