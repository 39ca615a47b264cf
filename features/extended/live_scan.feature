Feature: Live scan
  For a whole tool that scans a folder, and reports the results itself.

  The rules about the key, the report, the URL, and the copy judge its runs like any other. The results are those that
  the tool itself wrote; a report may leave out what the tool adds for itself, and what is known only afterwards.

  Background:
    Given a configured reporter
    And a folder with findings

  @EXT-LIVE-01 @extended @interpretation:7
  Rule: The key carries the time at which the scan started
    Often wrong: the start is filled in only after the reporters have run, so that the key contains None.

    @every-run
    Scenario: A scan
      When the caller is a tool that scans
      And the upload is stored or refused
      Then the timestamp in the key is a time between the start and the end of the scan
      And the timestamp in the key is the start of the scan, to the second

    Scenario Outline: A scan with a <format> report
      Given the option file_format is "<format>"
      When the tool scans the folder

      Examples:
        | format |
        | json   |
        | yaml   |

  @EXT-LIVE-02 @extended @interpretation:15
  Rule: A failure of S3 changes nothing but the report to S3
    Often wrong: the tool fails, or drops its other reports, because one of its reporters failed.

    @every-run
    Scenario: A scan after an earlier one
      When the folder is scanned before
      Then the exit code and the other reports are those of the earlier scan

    Scenario: S3 denies access to a tool
      Given the folder was scanned before
      And S3 answers every attempt with AccessDenied
      When the tool scans the folder

  @EXT-LIVE-03 @extended @interpretation:7
  Rule: Each scan has an object of its own
    Often wrong: the key is the same for all scans of a day, or of a tool.

    @every-run
    Scenario: A scan after an earlier one
      When the folder is scanned before
      And the upload is stored
      And the key is with a time
      Then the bucket contains one object for each of the two scans

    Scenario: Two scans, one after the other
      Given the folder was scanned before
      When the tool scans the folder
