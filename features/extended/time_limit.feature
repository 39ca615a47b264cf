Feature: Time limit
  For a reporter with the option time_limit, after which it gives up on an S3 that says nothing.

  Background:
    Given a configured reporter

  @EXT-LIMIT-01 @extended @node:report_sequence/handle_errors @interpretation:5
  Rule: An attempt ends if S3 is silent for longer than time_limit
    Often wrong: the HTTP client waits without a limit, or has one only for connecting, or only for reading.

    @every-run
    Scenario: A time limit
      When the time_limit is other than not set
      And the upload is stored or refused
      Then the reporter gives up on a silent S3

    Scenario Outline: A silent S3, <answer>
      Given S3 answers the first attempt with <answer>
      And scan results with <results>
      And the option time_limit is 3
      When ASH Core runs the reporter

      Examples:
        | answer                         | results         |
        | silence                        | findings        |
        | half of an answer              | findings        |
        | silence while the body is sent | 12,000 findings |
