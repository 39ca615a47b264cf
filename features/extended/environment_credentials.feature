Feature: Credentials from the environment
  For a reporter that takes its credentials from the environment if no profile is configured.

  Background:
    Given a configured reporter

  @EXT-ENVIRONMENT-01 @extended @interpretation:8 @after:SEQ-01
  Rule: Credentials in the environment sign the upload if no profile is configured
    Often wrong: the default profile wins, or is requested by name; the session token is lost.

    @every-run
    Scenario: Credentials in the environment
      When the environment contains the credentials
      And an upload can be made
      Then an upload is sent
      And the upload is signed with the right credentials

    Scenario: Credentials in the environment take precedence over the default profile
      Given the environment contains temporary credentials
      When ASH Core runs the reporter
