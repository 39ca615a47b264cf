Feature: Local output
  What the reporter writes to disk: a copy of what it uploads, in the folder reports.

  Background:
    Given a configured reporter

  @LOC-01 @core @node:write_copy @interpretation:6 @after:SEQ-04
  Rule: The local copy is what was uploaded
    The copy is identical to the object. It may have any name.
    Often wrong: the copy is serialized again; it is empty, because the upload has read the stream; an older one stays.

    @every-run
    Scenario: A report that S3 took
      When the upload is stored
      And the output folder is other than blocked
      Then the output folder contains a copy of the report

    Scenario: A YAML copy of an earlier, larger scan exists
      Given the option file_format is "yaml"
      And an earlier, larger scan was reported before
      When ASH Core runs the reporter

  @LOC-02 @core @node:make_folder @interpretation:6
  Rule: The local copy lies in the folder reports
    The reporter creates the folder if it is missing.
    Often wrong: the reporter expects the folder to exist, or fails if it does; the copy is beside it.

    @every-run
    Scenario: A copy
      When the copy is written
      Then the path of the copy begins with "reports/"

  @LOC-03 @recommended @node:write_copy @interpretation:15 @after:SEQ-03 @after:LOC-01 @after:SEQ-06
  Rule: Nothing else is changed on disk
    The suite looks at the output folder, its parent, HOME, and TMPDIR. Caches in HOME, and in folders of their own
    under TMPDIR, may appear, without the report in any form. Other files keep their permissions.
    Recommended because the output folder belongs to others, and a report in a temporary folder is read by others.
    Often wrong: a temporary file or an unfinished copy stays after an error; files of others are removed or replaced.

    @every-run
    Scenario: The disk
      When the reporter runs
      Then nothing but the copy is changed on disk

    @unusual
    Scenario: The connection of a retry breaks
      Given S3 answers the first attempt with SlowDown, and the next ones with a broken connection
      When ASH Core runs the reporter
