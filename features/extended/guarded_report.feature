Feature: Guarded report
  For a reporter that refuses to report while it is disabled.

  ASH Core never asks a reporter for a report that is not ready. A reporter that other programs use as well
  cannot rely on that.

  Background:
    Given a configured reporter

  @EXT-GUARD-01 @extended @node:configuration/disabled @interpretation:9
  Rule: A disabled reporter uploads nothing, whoever asks
    Often wrong: only validation checks the configuration, and the SDK finds a region of its own.

    @every-run
    Scenario: Somebody asks for a report all the same
      When another program asked for a report
      Then no upload is sent
      And ASH Core gets an error message

    Scenario Outline: Asked for a report without <option>
      Given the option <option> is not set
      When another program asks for a report, whether or not the reporter is ready

      Examples:
        | option      |
        | aws_region  |
        | bucket_name |
