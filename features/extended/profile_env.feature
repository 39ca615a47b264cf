Feature: Profile from the environment
  For a reporter that takes the profile from AWS_PROFILE if none is configured.

  Background:
    Given a configured reporter
    And an AWS profile "build" with permanent credentials
    And the environment variable AWS_PROFILE is "build"

  @EXT-PROFILE-01 @extended @interpretation:8 @after:SEQ-01
  Rule: AWS_PROFILE names the profile if no option does
    Often wrong: the reporter requests the default profile by name, so that the SDK ignores the variable.

    @every-run
    Scenario: AWS_PROFILE
      When AWS_PROFILE is set
      And the aws_profile is not set
      And an upload can be made
      Then an upload is sent
      And the upload is signed with the right credentials

    Scenario: The profile is in AWS_PROFILE
      When ASH Core runs the reporter
