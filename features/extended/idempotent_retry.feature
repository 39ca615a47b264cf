Feature: Idempotent retry
  For a reporter that retries if the connection breaks, and does no harm if S3 stored the object nevertheless.

  Background:
    Given a configured reporter

  @EXT-IDEMPOTENT-01 @extended @interpretation:1
  Rule: A lost answer is followed by the same request
    Often wrong: the reporter makes a new key or new content for each attempt, so that the bucket contains two reports
    of one scan; it gives up.

    @every-run
    Scenario: S3 stored the object, but its answer is lost
      When the answer is a lost answer, then success
      And the upload is stored or refused
      Then S3 sees at least 2 attempts

    Scenario: The connection breaks after S3 received the first attempt
      Given S3 answers the first attempt with a lost answer
      When ASH Core runs the reporter
