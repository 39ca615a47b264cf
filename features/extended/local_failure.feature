Feature: Failure of the local copy
  For a reporter that returns the S3 URL although it could not write the local copy.

  Background:
    Given a configured reporter

  @EXT-LOCALFAIL-01 @extended @interpretation:5
  Rule: A successful upload is reported even if the local copy fails
    Often wrong: the reporter returns the disk error instead of the URL, so that nobody knows of the object.

    @every-run
    Scenario: The reports folder cannot be created
      When the upload is stored
      And the output folder is blocked
      Then ASH Core gets the S3 URL of the object

    Scenario: A YAML report whose copy cannot be written
      Given a file takes the place of the reports folder
      And the option file_format is "yaml"
      When ASH Core runs the reporter
