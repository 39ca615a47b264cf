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

  @interpretation:15
  Rule: In S3, nothing but the object is changed
    Encryption, tags, checksums, a storage class and conditional writes are the reporter's business.
    Often wrong: the reporter creates the bucket if HeadBucket says that there is none, or sets its policy or
    lifecycle; it deletes reports of earlier scans; it makes the object public, so that its URL works everywhere.

    @ARC-20 @core @path:upload
    Scenario Outline: An upload beside earlier reports
      Given <earlier>
      When ASH Core runs the reporter
      Then nothing but the object was changed in S3

      Examples:
        | earlier                                                                   |
        | an earlier scan with other findings was reported to the same bucket       |
        | a dozen scans of the same day were reported to the same bucket            |
        | the same scan was already reported in the other format                    |

  @interpretation:15
  Rule: Whatever happens, nothing else changes
    On disk, the output folder, HOME, TMPDIR, and the folder beside the output folder are looked at. Caches of
    programs and SDKs in HOME, and in folders of their own under TMPDIR, are allowed if they do not contain the
    report in any form. Other files and folders keep their permissions.
    Often wrong: what goes well for JSON does not for YAML; after an error, the reporter leaves the temporary file
    from which it uploaded, writes an error log to the output folder, or deletes the object to clean up.

    @ARC-23 @core @path:upload
    Scenario Outline: Nothing but the object and the copy
      Given the output folder contains files of other programs
      And <situation>
      When ASH Core runs the reporter
      Then nothing but the object was changed in S3
      And the object, if any, is not public
      And nothing but the copy was changed on disk

      Examples:
        | situation                                             |
        | the option file_format is "json"                      |
        | the option file_format is "yaml"                      |
        | S3 throttles the first attempt                        |
        | S3 throttles every attempt                            |
        | S3 answers every attempt with the error AccessDenied  |
        | S3 answers every attempt with the error NoSuchBucket  |
        | S3 answers every attempt with the error InternalError |
        | the connection breaks at every attempt                |
        | nothing answers at the endpoint                       |
        | the session token has expired                         |
        | there are no AWS credentials                          |

  @interpretation:12
  Rule: Everyone who may read the object gets the report
    Often wrong: the reporter sets a content encoding although it does not compress, or encrypts the object with
    a key that only it knows.

    @ARC-22 @core @path:upload
    Scenario: The object is the report as it is
      When ASH Core runs the reporter
      Then the object can be read without a key and without decoding

  @interpretation:10
  Rule: The object contains the converted scan results
    Often wrong: the reporter uploads a summary, or the text that its language prints for a data structure.

    @ARC-03 @core @path:conversion
    Scenario: The results of a scan become the object
      Given the results of a real scan
      When ASH Core runs the reporter
      Then the object contains the scan results
      And the object's content type is "application/json"

  @interpretation:14
  Rule: S3 takes every request
    Often wrong: the signer encodes the path twice, which shows once a prefix contains a space, `+`, `=` or
    `é`; the length is that of the text in characters, or the HTTP client does not know it.

    @ARC-04 @core @path:upload
    Scenario Outline: Every request has the signature that S3 computes
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then every request has the signature that S3 computes for it

      Examples:
        | prefix     |
        | scans      |
        | my scans   |
        | team+a/b=1 |
        | é~(1)      |

    @ARC-05 @core @path:conversion
    Scenario: Every digest is that of the content
      Given a scan of a project called "Überprüfung ✓"
      When ASH Core runs the reporter
      Then every digest that was sent is that of the content

    @ARC-06 @core @path:conversion
    Scenario: Every upload has its length
      Given a scan of a project called "Überprüfung ✓"
      When ASH Core runs the reporter
      Then every upload has the length that it announces
