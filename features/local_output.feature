Feature: Local output
  What the reporter leaves on disk: a copy of what it uploads, under the folder reports.

  The copy's name is free. It is byte for byte what was or would have been uploaded.

  Background:
    Given a configured reporter

  @interpretation:6
  Rule: The copy is what was uploaded
    Often wrong: the copy is serialized anew, with another time, order or encoding in it; it is empty,
    since the stream was read to its end by the upload; it lies beside the folder reports.

    @LOC-01 @core @path:no-decisions
    Scenario: The copy of a JSON report
      Given the option file_format is "json"
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object
      And the reporter returns the S3 URL of the object

    @LOC-02 @core @path:no-decisions
    Scenario: The copy of a YAML report
      Given the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object
      And the reporter returns the S3 URL of the object

    @LOC-03 @core @path:no-decisions
    Scenario: The copy of text beyond ASCII
      Given a scan of a project called "Łódź 報告書 🔒"
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object

    @LOC-04 @core @path:no-decisions
    Scenario: The copy of a report that needed a retry
      Given S3 throttles the first attempt
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object

  @interpretation:6
  Rule: The copy is of this scan, whatever was there before
    Often wrong: an older copy is kept, or added to.

    @LOC-05 @core @path:no-decisions
    Scenario: The copy of an earlier scan is there
      Given an earlier scan, without findings, was reported to the same folder
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object

    @LOC-06 @core @path:no-decisions
    Scenario: The copy of an earlier, larger scan is there
      Given an earlier scan, with more in it, was reported to the same folder
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object

  @interpretation:6
  Rule: The folder is made where it is missing
    Often wrong: the folder is expected to exist, or an error is made of one that does.

    @LOC-07 @core @path:no-decisions
    Scenario: The folder reports exists, with something of somebody else's in it
      Given the folder reports holds a file of another reporter
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object
      And the file of the other reporter is as it was
