Feature: Atomic local copy
  For a reporter whose local copy is whole whenever somebody looks.

  Background:
    Given a configured reporter

  Rule: A new copy takes the old one's place at once
    Often wrong: the file is emptied and then written, so that who reads it meanwhile gets half of it.

    @EXT-ATOMIC-01 @extended @feature:atomic-local-copy @path:beyond-the-diagrams
    Scenario: Somebody has the copy of an earlier scan open
      Given an earlier scan, without findings, was reported to the same folder
      And somebody has its copy open
      When ASH Core runs the reporter
      Then the folder reports holds a copy of the object
      And who had the earlier copy open reads it to its end

    @EXT-ATOMIC-02 @extended @feature:atomic-local-copy @path:beyond-the-diagrams
    Scenario: Nothing unfinished is left
      When ASH Core runs the reporter
      Then the folder reports holds nothing but copies of the object
