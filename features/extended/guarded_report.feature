Feature: Guarded report
  For a reporter that keeps itself from reporting while it is disabled.

  ASH Core never asks a reporter that is not ready, so that a reporter may rely on it. One that is also
  used by others had better not.

  Background:
    Given a configured reporter

  @interpretation:9
  Rule: A disabled reporter uploads nothing, whoever asks
    Often wrong: the configuration is looked at only when it is validated, and the SDK finds a region of
    its own.

    @EXT-GUARD-01 @extended @feature:guarded-report @path:configuration/region_set=no,region_in_environment=no
    Scenario: Asked for a report without a region
      Given the option aws_region is not set
      When somebody asks the reporter to report whether or not it is ready
      Then the reporter is not ready
      And no upload is attempted
      And the reporter returns an error message

    @EXT-GUARD-02 @extended @feature:guarded-report @path:configuration/region_set=yes,bucket_set=no,bucket_in_environment=no
    Scenario: Asked for a report without a bucket
      Given the option bucket_name is not set
      When somebody asks the reporter to report whether or not it is ready
      Then the reporter is not ready
      And no upload is attempted
      And the reporter returns an error message
