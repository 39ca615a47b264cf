Feature: Atomic local copy
  For a reporter whose local copy is complete at any moment.

  Background:
    Given a configured reporter

  @EXT-ATOMIC-01 @extended @interpretation:6
  Rule: A new copy replaces the old one in one step
    Often wrong: the reporter empties or removes the file and then writes it: another program may read half, or none.

    @every-run
    Scenario: Another program reads the earlier copy, or waits for the new one
      When the output folder is watched
      And the copy is written
      Then it finds a whole copy at every moment

    Scenario: Another program has the copy of an earlier scan open, and watches the folder
      Given an earlier scan without findings was reported before
      And another program looks at the reports folder
      When ASH Core runs the reporter
