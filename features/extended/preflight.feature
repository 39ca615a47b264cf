Feature: Preflight
  For a reporter that finds out before it reports that its bucket is missing.

  Background:
    Given a configured reporter

  @interpretation:4
  Rule: A reporter is ready unless S3 clearly says that it cannot work
    S3 answers HeadBucket with 403 if the credentials do not allow s3:ListBucket, as those of many pipelines do
    not. That says nothing about PutObject.
    Often wrong: the reporter takes any answer from S3 for success, or any error for a bucket that it cannot use.

    @EXT-PREFLIGHT-01 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket is missing
      Given the bucket does not exist
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @EXT-PREFLIGHT-03 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket exists
      When ASH Core runs the reporter
      Then the reporter is ready

    @EXT-PREFLIGHT-04 @extended @feature:preflight @path:beyond-the-diagrams
    Scenario: The bucket may be written to, but not listed
      Given the reporter's credentials allow PutObject alone
      When ASH Core runs the reporter
      Then the reporter is ready
      And the reporter returns the S3 URL of the object
