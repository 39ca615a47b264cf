Feature: Default region from the environment
  For a reporter that also reads the region from AWS_DEFAULT_REGION, as the AWS CLI does.

  Background:
    Given a configured reporter
    And the option aws_region is not set

  @interpretation:8
  Rule: AWS_DEFAULT_REGION is used if neither the option nor AWS_REGION is set
    Often wrong: it takes precedence over AWS_REGION.

    @EXT-REGION-01 @extended @feature:default-region-env @path:beyond-the-diagrams
    Scenario: The region is in AWS_DEFAULT_REGION
      Given the environment variable AWS_DEFAULT_REGION is "eu-north-1"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-north-1"

    @EXT-REGION-03 @extended @feature:default-region-env @path:beyond-the-diagrams
    Scenario: AWS_REGION is empty, and the region is in AWS_DEFAULT_REGION
      Given the environment variable AWS_REGION is empty
      And the environment variable AWS_DEFAULT_REGION is "eu-north-1"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-north-1"

    @EXT-REGION-02 @extended @feature:default-region-env @path:configuration/region-from-environment-default-profile
    Scenario: AWS_REGION takes precedence over AWS_DEFAULT_REGION
      Given the environment variable AWS_DEFAULT_REGION is "eu-north-1"
      And the environment variable AWS_REGION is "ap-southeast-2"
      When ASH Core runs the reporter
      Then the upload is signed for the region "ap-southeast-2"
