Feature: Idempotent retry
  For a reporter whose retry does no harm where the first attempt had succeeded unnoticed.

  Background:
    Given a configured reporter

  Rule: A retry writes the same object again
    Often wrong: the key or the content is made anew for each attempt, so that two reports of one scan
    lie in the bucket.

    @EXT-IDEMPOTENT-01 @extended @feature:idempotent-retry @path:beyond-the-diagrams
    Scenario: S3 stored the object, but its answer is lost
      Given the connection of the first attempt breaks after S3 has it
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And every attempt has the same key
      And every attempt has the same content
      And one object lies in the buckets
      And the reporter returns the S3 URL of the object
