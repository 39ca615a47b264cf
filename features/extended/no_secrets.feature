Feature: No secrets
  For a reporter that never discloses credentials.

  Background:
    Given a configured reporter

  Rule: No secret appears in the log, the requests, the object, the message or a file
    Secrets are secret access keys, session tokens and presigned URLs: plain, percent-encoded, in hexadecimal or
    in Base64; 20 characters of one in a row are one. A session token belongs in the x-amz-security-token of a
    request.
    Often wrong: when something fails, the reporter logs the whole environment, configuration or request; it
    keeps its configuration in HOME; it describes the upload in the object's metadata.

    @EXT-SECRETS-01 @extended @feature:no-secrets @path:error_handling/success
    Scenario: After an upload
      When ASH Core runs the reporter
      Then no secret appears in anything the reporter wrote or sent

    @EXT-SECRETS-02 @extended @feature:no-secrets @path:error_handling/access-denied
    Scenario Outline: After an error
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then no secret appears in anything the reporter wrote or sent

      Examples:
        | code                  |
        | AccessDenied          |
        | SignatureDoesNotMatch |
        | InvalidAccessKeyId    |
        | ExpiredToken          |

    @EXT-SECRETS-03 @extended @feature:no-secrets @path:beyond-the-diagrams
    Scenario: With the credentials in the environment
      Given the credentials are in the environment
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then no secret appears in anything the reporter wrote or sent

    @EXT-SECRETS-04 @extended @feature:no-secrets @path:beyond-the-diagrams
    Scenario: At debug level
      Given the credentials are in the environment
      And ASH Core logs at debug level
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then no secret appears in anything the reporter wrote or sent

    @EXT-SECRETS-05 @extended @feature:no-secrets @path:beyond-the-diagrams
    Scenario: With a session token
      Given the environment contains temporary credentials
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then no secret appears in anything the reporter wrote or sent

    @EXT-SECRETS-06 @extended @feature:no-secrets @path:beyond-the-diagrams
    Scenario Outline: With a profile that has a session token
      Given an AWS profile "audit" with a session token
      And the option aws_profile is "audit"
      And <situation>
      When ASH Core runs the reporter
      Then no secret appears in anything the reporter wrote or sent

      Examples:
        | situation                                             |
        | the option file_format is "yaml"                      |
        | S3 throttles the first attempt                        |
        | S3 throttles every attempt                            |
        | S3 answers every attempt with the error NoSuchBucket  |
        | S3 answers every attempt with the error InternalError |
        | the connection breaks at every attempt                |
        | nothing answers at the endpoint                       |
        | ASH Core logs at debug level                          |

    @EXT-SECRETS-07 @extended @feature:no-secrets @path:beyond-the-diagrams
    Scenario: With a profile that does not exist
      Often wrong: to say which profiles there are, the reporter shows the file that has them.
      Given the option aws_profile is "no-such-profile"
      When ASH Core runs the reporter
      Then no secret appears in anything the reporter wrote or sent
