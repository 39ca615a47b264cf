Feature: Default prefix
  For a reporter that uses the prefix ash-reports/ if none is configured.

  Background:
    Given a configured reporter

  @interpretation:7
  Rule: Without a configured prefix, the prefix is ash-reports/
    Often wrong: the default has no slash, and the reporter adds none.

    @EXT-PREFIX-01 @extended @feature:default-prefix @path:object_naming/json
    Scenario: The key without a configured prefix
      Given the option key_prefix is not set
      When ASH Core runs the reporter
      Then the object's key begins with "ash-reports/ash-report-"
