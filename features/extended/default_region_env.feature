Feature: Default region from the environment
  For a reporter that also knows the variable that the SDKs and the AWS CLI have for the region.

  Background:
    Given a configured reporter
    And the option aws_region is not set

  @interpretation:8
  Rule: AWS_DEFAULT_REGION is the last place to look
    Often wrong: it wins over AWS_REGION.

    @EXT-REGION-01 @extended @feature:default-region-env @path:beyond-the-diagrams
    Scenario: The region is in AWS_DEFAULT_REGION
      Given the environment variable AWS_DEFAULT_REGION is "eu-north-1"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-north-1"

    @EXT-REGION-02 @extended @feature:default-region-env @path:configuration/region_set=no,region_in_environment=yes,bucket_set=yes,profile_set=no
    Scenario: AWS_REGION wins over AWS_DEFAULT_REGION
      Given the environment variable AWS_DEFAULT_REGION is "eu-north-1"
      And the environment variable AWS_REGION is "ap-southeast-2"
      When ASH Core runs the reporter
      Then the upload is signed for the region "ap-southeast-2"
