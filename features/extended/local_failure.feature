Feature: Failure of the local copy
  For a reporter that tells of a report that arrived in S3 although the disk failed.

  Background:
    Given a configured reporter

  @interpretation:5
  Rule: An upload that succeeded is reported although the copy failed
    Often wrong: the error of the disk takes the place of the URL, so that nobody knows of the object.

    @EXT-LOCALFAIL-01 @extended @feature:local-failure @path:beyond-the-diagrams
    Scenario: The folder cannot be made
      Given a file stands where the folder reports should be
      When ASH Core runs the reporter
      Then the reporter returns the S3 URL of the object
      And something is logged as an error
