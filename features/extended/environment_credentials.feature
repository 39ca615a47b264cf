Feature: Credentials from the environment
  For a reporter that takes its credentials from the environment if no profile is configured.

  Background:
    Given a configured reporter
    And there are no AWS credentials

  @interpretation:8
  Rule: Credentials in the environment sign the upload if no profile is configured
    Often wrong: the reporter requests the default profile by name, so that the SDK ignores the variables; it
    passes the access key on without the session token; it asks for credentials in the environment only where
    there is no default profile.

    @EXT-ENVIRONMENT-01 @extended @feature:environment-credentials @path:beyond-the-diagrams
    Scenario: Permanent credentials
      Given the environment contains permanent credentials
      When ASH Core runs the reporter
      Then the upload is signed with the credentials of the environment
      And the upload goes to the bucket "reports"

    @EXT-ENVIRONMENT-02 @extended @feature:environment-credentials @path:beyond-the-diagrams
    Scenario: Temporary credentials
      Given the environment contains temporary credentials
      When ASH Core runs the reporter
      Then the upload is signed with the credentials of the environment
      And every request carries the session token of its credentials
      And the upload goes to the bucket "reports"

    @EXT-ENVIRONMENT-03 @extended @feature:environment-credentials @path:beyond-the-diagrams
    Scenario: Temporary credentials take precedence over the default profile
      Given an AWS profile "default"
      And the environment contains temporary credentials
      When ASH Core runs the reporter
      Then the upload is signed with the credentials of the environment
      And every request carries the session token of its credentials
      And the upload goes to the bucket "reports"
