Feature: Idempotent retry
  For a reporter that retries if the connection breaks, and does no harm if S3 stored the object nevertheless.

  Background:
    Given a configured reporter

  @EXT-IDEMPOTENT-01 @extended @interpretation:1 @after:ARC-01 @after:EXT-TRANSIENT-01
  Rule: A lost answer is followed by the same request
    Often wrong: each attempt has its own key or content; the reporter gives up, or takes what is there for an error.

    @every-run
    Scenario: S3 stored the object, but its answer is lost
      When the answer is a lost answer, then success
      And an upload can be made
      And the upload is stored or there already or refused
      Then S3 sees at least 2 attempts

    @every-run
    Scenario: S3 says that the object is there already
      When the answer is a lost answer, then success
      And the upload is there already
      Then ASH Core gets the S3 URL of the object

    Scenario: The connection breaks after S3 received the first attempt
      Given S3 answers the first attempt with a lost answer
      When ASH Core runs the reporter
