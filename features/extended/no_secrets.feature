Feature: No secrets
  For a reporter that never discloses credentials.

  Background:
    Given a configured reporter

  @EXT-SECRETS-01 @extended
  Rule: No secret appears in the log, the requests, the object, the message or a file
    Secrets are secret access keys, session tokens, presigned URLs, and the environment's token of a container: plain,
    percent-encoded, in hexadecimal or Base64, or 20 characters of one. A request has the session token in its header.
    Often wrong: when something fails, the reporter logs the whole environment, configuration or request; it keeps its
    configuration in HOME; it describes the upload in the object's metadata; it shows the file with the profiles.

    @every-run
    Scenario: Everything that was written or sent
      When the reporter runs
      Then no secret appears in anything that the reporter wrote or sent

    Scenario: At debug level
      Given the environment contains temporary credentials
      And ASH Core logs at debug level
      And S3 answers every attempt with AccessDenied
      When ASH Core runs the reporter

    @unusual
    Scenario: A profile with a session token, and nothing answers
      Given an AWS profile "audit" with temporary credentials
      And the option aws_profile is "audit"
      And nothing answers at the endpoint
      When ASH Core runs the reporter
