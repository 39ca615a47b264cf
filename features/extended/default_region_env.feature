Feature: Default region from the environment
  For a reporter that also reads the region from AWS_DEFAULT_REGION, as the AWS CLI does.

  Background:
    Given a configured reporter
    And the option aws_region is not set

  @EXT-REGION-01 @extended @interpretation:8
  Rule: AWS_DEFAULT_REGION is used if neither the option nor AWS_REGION is set
    Often wrong: the reporter is disabled; the variable takes precedence over AWS_REGION.

    @every-run
    Scenario: AWS_DEFAULT_REGION is set
      When AWS_DEFAULT_REGION is set
      And the aws_region is not set
      And AWS_REGION is not set
      And an upload can be made
      Then the reporter is ready
      And the upload is signed for the configured region

    Scenario: The region is in AWS_DEFAULT_REGION
      Given the environment variable AWS_DEFAULT_REGION is "eu-north-1"
      When ASH Core runs the reporter

    @unusual
    Scenario: AWS_REGION is empty, and the region is in AWS_DEFAULT_REGION
      Given the environment variable AWS_REGION is empty
      And the environment variable AWS_DEFAULT_REGION is "eu-north-1"
      When ASH Core runs the reporter
