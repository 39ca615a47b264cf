Feature: Local output
  What the reporter writes to disk: a copy of what it uploads, in the reports folder.

  The copy may have any name. Its bytes are those that the reporter uploaded or tried to upload.

  Background:
    Given a configured reporter

  @interpretation:6
  Rule: The copy is what was uploaded
    Often wrong: the reporter serializes the copy again, with another time, order or encoding; the copy is empty
    because the upload has already read the stream; the copy is outside the reports folder.

    @<id> @core @path:copy
    Scenario Outline: The copy of a <format> report
      Given the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object
      And the reporter returns the S3 URL of the object

      Examples:
        | id     | format | file_format |
        | LOC-01 | JSON   | json        |
        | LOC-02 | YAML   | yaml        |

    @LOC-03 @core @path:copy
    Scenario: The copy of a report with text beyond ASCII
      Given a scan of a project called "Łódź 報告書 🔒"
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object

    @LOC-04 @core @path:copy
    Scenario: The copy of a report that needed a retry
      Given S3 throttles the first attempt
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object

  @interpretation:6
  Rule: The copy is of this scan, whatever was there before
    Often wrong: the reporter keeps an older copy, or appends to it.

    @LOC-05 @core @path:copy
    Scenario: A copy of an earlier scan exists
      Given an earlier scan without findings was reported to the same folder
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object

    @LOC-06 @core @path:copy
    Scenario Outline: A copy of an earlier, larger scan exists
      Given the option file_format is "<file_format>"
      And an earlier, larger scan was reported to the same folder
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object

      Examples:
        | file_format |
        | json        |
        | yaml        |

    @LOC-08 @core @path:copy
    Scenario: A copy of an earlier scan exists, and S3 refuses this one
      Given an earlier, larger scan was reported to the same folder
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then the reports folder contains a copy of what the reporter tried to upload

  @interpretation:6
  Rule: The reports folder is created if it is missing
    Often wrong: the reporter expects the folder to exist, or fails if it does.

    @LOC-07 @core @path:copy
    Scenario: The reports folder exists and contains another reporter's file
      Given the reports folder contains another reporter's file
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object
      And the other reporter's file is unchanged
