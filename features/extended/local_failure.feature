Feature: Failure of the local copy
  For a reporter that returns the S3 URL although it could not write the local copy.

  Background:
    Given a configured reporter

  @interpretation:5
  Rule: A successful upload is reported even if the local copy fails
    Often wrong: the reporter returns the disk error instead of the URL, so that nobody knows of the object.

    @EXT-LOCALFAIL-01 @extended @feature:local-failure @path:beyond-the-diagrams
    Scenario: The reports folder cannot be created
      Given a file takes the place of the reports folder
      When ASH Core runs the reporter
      Then the reporter returns the S3 URL of the object
      And a warning or an error is logged
