Feature: Guarded report
  For a reporter that refuses to report while it is disabled, as another program than ASH Core may ask it to.

  Background:
    Given a configured reporter

  @EXT-GUARD-01 @extended @node:configuration/disabled @interpretation:9 @after:CFG-02 @after:SEQ-03
  Rule: A disabled reporter uploads nothing, whoever asks
    Often wrong: only validation checks the configuration, and the SDK finds a region of its own.

    @every-run
    Scenario: Somebody asks for a report all the same
      When the caller is another program
      And the configuration is incomplete or incomplete, with something empty
      Then no upload is sent
      And ASH Core gets an error message

    Scenario: Asked for a report without a region
      Given the option aws_region is not set
      When another program asks for a report, whether or not the reporter is ready
