Feature: Architecture
  How scan results get from ASH Core, through the reporter and the SDK, into an object in a bucket.

  Background:
    Given a configured reporter

  Rule: The upload goes through the AWS SDK to the Amazon S3 API
    Often wrong: the reporter uploads through a presigned or public URL that needs no credentials, or signs
    the upload for another service.

    @ARC-01 @core @path:upload
    Scenario: The upload is signed for S3
      When ASH Core runs the reporter
      Then the upload is signed for the service "s3"
      And the upload is signed for the region "eu-west-1"
      And the upload is signed with the credentials of the profile "default"

    @ARC-02 @core @path:upload
    Scenario: The report arrives as one object in the bucket
      Given a bucket "elsewhere"
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the buckets contain one object
      And the upload goes to the bucket "reports"

  @interpretation:10
  Rule: The object contains the converted scan results
    Often wrong: the reporter uploads a summary, or the text that its language prints for a data structure.

    @ARC-03 @core @path:conversion
    Scenario: The results of a scan become the object
      Given the results of a real scan
      When ASH Core runs the reporter
      Then the object contains the scan results
      And the object's content type is "application/json"
