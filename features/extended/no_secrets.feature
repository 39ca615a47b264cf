Feature: No secrets
  For a reporter that never discloses credentials.

  Background:
    Given a configured reporter

  Rule: No secret key appears in the log, the object, the copy or the message
    Often wrong: when something fails, the reporter logs the whole environment, configuration or request.

    @EXT-SECRETS-01 @extended @feature:no-secrets @path:error_handling/success
    Scenario: After an upload
      When ASH Core runs the reporter
      Then no secret key appears in anything the reporter wrote

    @EXT-SECRETS-02 @extended @feature:no-secrets @path:error_handling/access-denied
    Scenario Outline: After an error
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then no secret key appears in anything the reporter wrote

      Examples:
        | code                  |
        | AccessDenied          |
        | SignatureDoesNotMatch |

    @EXT-SECRETS-03 @extended @feature:no-secrets @path:beyond-the-diagrams
    Scenario: With the credentials in the environment
      Given the credentials are in the environment
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then no secret key appears in anything the reporter wrote
