Feature: Default prefix
  For a reporter that uses the prefix ash-reports/ if none is configured.

  Background:
    Given a configured reporter

  @EXT-PREFIX-01 @extended @node:object_naming/prefix @interpretation:7
  Rule: Without a configured prefix, the prefix is ash-reports/
    Often wrong: the default has no slash, and the reporter adds none.

    @every-run
    Scenario: No prefix
      When the upload is stored or refused
      And the key_prefix is not set
      Then the key begins with the prefix
      And one slash, and ash-report-, follow the prefix

    Scenario: The key without a configured prefix
      Given the option key_prefix is not set
      When ASH Core runs the reporter
