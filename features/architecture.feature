# In an @every-run scenario, When selects the runs that Then judges. Every other scenario makes a run, by its When.
Feature: Architecture
  How scan results get from ASH Core, through the reporter and the SDK, into an object in a bucket.

  Background:
    Given a configured reporter

  @ARC-01 @core @node:api @interpretation:14
  Rule: S3 accepts every request
    S3 refuses a request with a wrong service, signature, session token, digest, length, header, or key.
    Often wrong: the upload needs no credentials; the signer encodes the path twice, or the client removes `..` from it
    afterwards, as `é` or `..` in a prefix shows; the length counts characters; a retry lacks the session token.

    @every-run
    Scenario: An upload
      When the upload is stored or refused
      Then S3 accepts every request

    @unusual
    Scenario: An upload under a prefix that the signer has to encode
      Given the option key_prefix is "./my team+a/b=1/é~(1) "
      When ASH Core runs the reporter

  @ARC-02 @core @node:object @interpretation:15
  Rule: The report becomes one object
    Often wrong: the report is written under another key, and then copied; it is deleted again; a retry adds a second.

    @every-run
    Scenario: A report that S3 took
      When the upload is stored
      Then the buckets contain one new object, that of the upload

    @unusual
    Scenario: An upload beside a dozen reports of the same day
      Given the bucket contains a dozen reports of the same day
      When ASH Core runs the reporter

  @ARC-03 @recommended @node:bucket @interpretation:15 @after:ARC-02 @after:CFG-05
  Rule: Nothing else is changed in S3
    Encryption, tags, checksums, a storage class, and conditional writes are allowed. Refused requests count, too.
    Recommended because buckets belong to others, who rely on what they put there.
    Often wrong: the reporter creates the bucket if HeadBucket says that there is none, or sets its policy or
    lifecycle; it deletes reports of earlier scans; it leaves a multipart upload unfinished.

    @every-run
    Scenario: Requests that change something
      When the reporter runs
      Then no request changes anything in S3 but the object

    Scenario: An upload of a scan that was reported in the other format
      Given the same scan, the other format was reported before
      When ASH Core runs the reporter

  @ARC-04 @recommended @node:object @interpretation:15
  Rule: The object is not public, and has no ACL
    Recommended because findings show where a project can be attacked, and new buckets accept no ACL by default.
    Often wrong: the reporter makes the object public, so that its URL works everywhere.

    @every-run
    Scenario: Headers that grant access
      When the upload is stored or refused
      Then the object has no ACL but that of the owner of the bucket

  @ARC-05 @recommended @node:object @interpretation:12
  Rule: Everyone who may read the object gets the report
    Recommended because its readers are programs of others, which neither have a key of the reporter nor decode.
    Often wrong: a content encoding without compression, a key of its own for encryption, or an archive's storage class.

    @every-run
    Scenario: Headers that hide the content
      When the upload is stored or refused
      Then the object can be read without a key and without decoding
