Feature: Live scan
  For a whole tool that scans a folder, and reports the results itself.

  Background:
    Given a configured reporter
    And the option key_prefix is "scans/"
    And a folder with findings

  @interpretation:7
  Rule: The key carries the time at which the scan started
    Often wrong: the start is filled in only after the reporters have run, so that the key contains None.

    @EXT-LIVE-01 @extended @feature:live-scan @path:beyond-the-diagrams
    Scenario: The key of a scan
      When the tool scans the folder
      Then the object's key contains no placeholder such as None
      And the timestamp in the object's key is a time between the begin and the end of the scan

    @EXT-LIVE-02 @extended @feature:live-scan @path:beyond-the-diagrams
    Scenario: The key and the results tell the same start
      When the tool scans the folder
      Then the timestamp in the object's key is the start of the scan

  @interpretation:10
  Rule: The object contains the results of the scan
    The results are what the tool itself wrote. The object may leave out what the tool adds for itself, but not
    the start, the counts, or a scanner. What is known only after the report, the end and the duration, is not
    compared.
    Often wrong: the reporter gets the results before they are complete.

    @EXT-LIVE-03 @extended @feature:live-scan @path:beyond-the-diagrams
    Scenario: The results of a scan
      When the tool scans the folder
      Then the results count the findings
      And the object contains the results that the tool wrote itself

  @interpretation:11
  Rule: The tool's own reports lead to the object
    Often wrong: the tool removes the copy with its temporary files, or drops the URL.

    @EXT-LIVE-04 @extended @feature:live-scan @path:beyond-the-diagrams
    Scenario: The URL and the copy
      When the tool scans the folder
      Then the reporter returns the S3 URL of the object
      And the reports folder contains a copy of the object

  @interpretation:15
  Rule: A failure of S3 changes nothing but the report to S3
    Often wrong: the tool fails, or drops its other reports, because one of its reporters failed.

    @EXT-LIVE-05 @extended @feature:live-scan @path:beyond-the-diagrams
    Scenario Outline: S3 fails
      Given the folder was scanned before
      And <situation>
      When the tool scans the folder
      Then the exit code is that of the earlier scan
      And the other reports are those of the earlier scan

      Examples:
        | situation                                            |
        | S3 answers every attempt with the error AccessDenied |
        | nothing answers at the endpoint                      |

  @interpretation:7
  Rule: Each scan has an object of its own
    Often wrong: the key is the same for all scans of a day, or of a tool.

    @EXT-LIVE-06 @extended @feature:live-scan @path:beyond-the-diagrams
    Scenario: Two scans, one after the other
      Given the folder was scanned before
      When the tool scans the folder
      Then the bucket contains one object for each of the two scans
