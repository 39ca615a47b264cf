Feature: Credentials from the environment
  For a reporter that takes its credentials from the environment where no profile is configured.

  Background:
    Given a configured reporter
    And there are no AWS credentials

  @interpretation:8
  Rule: The credentials in the environment sign where no profile is configured
    Often wrong: the default profile is asked for by its name, so that the SDK never looks at the variables;
    the session token is left behind.

    @EXT-ENVIRONMENT-01 @extended @feature:environment-credentials @path:beyond-the-diagrams
    Scenario: Permanent credentials are in the environment
      Given other credentials are in the environment
      When ASH Core runs the reporter
      Then the upload is signed with the credentials of the environment
      And one object lies in the buckets

    @EXT-ENVIRONMENT-02 @extended @feature:environment-credentials @path:beyond-the-diagrams
    Scenario: Temporary credentials are in the environment
      Given temporary credentials are in the environment
      When ASH Core runs the reporter
      Then the upload is signed with the credentials of the environment
      And every request carries the session token of its credentials
      And one object lies in the buckets
