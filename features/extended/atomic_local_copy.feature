Feature: Atomic local copy
  For a reporter whose local copy is complete at any moment.

  Background:
    Given a configured reporter

  Rule: A new copy replaces the old one in one step
    Often wrong: the reporter empties or removes the file and then writes it, so that another program may read
    half of it, or find none.

    @EXT-ATOMIC-01 @extended @feature:atomic-local-copy @path:beyond-the-diagrams
    Scenario: Another program has the copy of an earlier scan open
      Given an earlier scan without findings was reported to the same folder
      And another program has its copy open
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object
      And the other program can read the whole earlier copy

    @EXT-ATOMIC-02 @extended @feature:atomic-local-copy @path:beyond-the-diagrams
    Scenario: No unfinished copy is left behind
      When ASH Core runs the reporter
      Then nothing but the copy was changed on disk

    @EXT-ATOMIC-03 @extended @feature:atomic-local-copy @path:beyond-the-diagrams
    Scenario: Another program waits for the copy of a scan
      Given an earlier scan without findings was reported to the same folder
      And another program watches the reports folder
      When ASH Core runs the reporter
      Then the reports folder contains a copy of the object
      And the copy was complete at every moment
