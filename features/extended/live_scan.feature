Feature: Live scan
  For a whole tool that scans a folder, and reports the results itself.

  The rules about the key, the report, the URL, and the copy judge its runs like any other. The results are those
  that the tool itself wrote.

  Background:
    Given a configured reporter
    And a folder with findings

  @EXT-LIVE-01 @extended @interpretation:7
  Rule: The key carries the time at which the scan started
    Often wrong: the start is filled in only after the reporters have run, so that the key contains None.

    @every-run
    Scenario: A scan
      When a tool scans a folder
      And an upload is sent
      Then the timestamp in the key is a time between the begin and the end of the scan

    Scenario: A scan with findings
      When the tool scans the folder

  @EXT-LIVE-02 @extended @interpretation:10
  Rule: The object contains the results of the scan
    It may leave out what the tool adds for itself, but not the start, the counts, or a scanner. What is known only
    after the report, the end and the duration, is not compared.
    Often wrong: the reporter gets the results before they are complete.

    @every-run
    Scenario: A scan
      When a tool scans a folder
      And an upload is sent
      Then the report contains the results that the tool wrote itself

    Scenario: A scan with a YAML report
      Given the option file_format is "yaml"
      When the tool scans the folder

  @EXT-LIVE-03 @extended @interpretation:15
  Rule: A failure of S3 changes nothing but the report to S3
    Often wrong: the tool fails, or drops its other reports, because one of its reporters failed.

    @every-run
    Scenario: A scan after an earlier one
      When a tool scans a folder again
      Then the exit code and the other reports are those of the earlier scan

    Scenario: S3 denies access to a tool
      Given the folder was scanned before
      And S3 answers every attempt with AccessDenied
      When the tool scans the folder

    @unusual
    Scenario: Nothing answers a tool
      Given the folder was scanned before
      And nothing answers at the endpoint
      When the tool scans the folder

  @EXT-LIVE-04 @extended @interpretation:7
  Rule: Each scan has an object of its own
    Often wrong: the key is the same for all scans of a day, or of a tool.

    @every-run
    Scenario: A scan after an earlier one
      When a tool scans a folder again
      And S3 stores the report
      Then the bucket contains one object for each of the two scans

    Scenario: Two scans, one after the other
      Given the folder was scanned before
      When the tool scans the folder
