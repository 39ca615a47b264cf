Feature: Idempotent retry
  For a reporter that retries if the connection breaks, and does no harm if S3 stored the object nevertheless.

  Background:
    Given a configured reporter

  Rule: A retry writes the same object again
    Often wrong: the reporter makes a new key or new content for each attempt, so that the bucket contains two
    reports of one scan.

    @EXT-IDEMPOTENT-01 @extended @feature:idempotent-retry @path:beyond-the-diagrams
    Scenario: S3 stored the object, but its answer is lost
      Given the connection breaks after S3 receives the first attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And every attempt is the same request
      And the buckets contain one object
      And the reporter returns the S3 URL of the object
