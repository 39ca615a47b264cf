Feature: Guarded report
  For a reporter that refuses to report while it is disabled.

  ASH Core never asks a reporter for a report that is not ready. A reporter that other programs use as well
  cannot rely on that.

  Background:
    Given a configured reporter

  @interpretation:9
  Rule: A disabled reporter uploads nothing, whoever asks
    Often wrong: only validation checks the configuration, and the SDK finds a region of its own.

    @EXT-GUARD-01 @extended @feature:guarded-report @path:configuration/no-region
    Scenario: Asked for a report without a region
      Given the option aws_region is not set
      When another program asks for a report, whether or not the reporter is ready
      Then the reporter is not ready
      And no upload is attempted
      And the reporter returns an error message

    @EXT-GUARD-02 @extended @feature:guarded-report @path:configuration/no-bucket
    Scenario: Asked for a report without a bucket
      Given the option bucket_name is not set
      When another program asks for a report, whether or not the reporter is ready
      Then the reporter is not ready
      And no upload is attempted
      And the reporter returns an error message
