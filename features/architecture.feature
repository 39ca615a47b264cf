Feature: Architecture
  How scan results travel from ASH Core through the reporter and the SDK into an object in a bucket.

  Background:
    Given a configured reporter

  Rule: The upload goes through the AWS SDK to the Amazon S3 API
    Often wrong: the object is uploaded through a presigned or public URL that needs no credentials, or
    with a signature made for another service.

    @ARC-01 @core @path:reporter=sdk
    Scenario: The upload is signed for S3
      When ASH Core runs the reporter
      Then the upload is signed for the service "s3"
      And the upload is signed for the region "eu-west-1"
      And the upload is signed with the credentials of the profile "default"

    @ARC-02 @core @path:reporter=sdk
    Scenario: The report arrives as one object in the bucket
      Given a bucket "elsewhere"
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And one object lies in the buckets
      And the upload goes to the bucket "reports"

  @interpretation:10
  Rule: The object holds the converted scan results
    Often wrong: a summary is uploaded, or the text that the language prints for its own structures.

    @ARC-03 @core @path:reporter=results
    Scenario: The results of a scan become the object
      Given the results of a real scan
      When ASH Core runs the reporter
      Then the object holds the scan results
      And the object's content type is "application/json"
