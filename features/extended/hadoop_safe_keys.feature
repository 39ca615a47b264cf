Feature: Keys that Hadoop can read
  The globs of Spark and Hive fail on a key that holds a colon, a plus sign or a space, which
  timestamps in their usual form do.

  Background:
    Given a configured reporter

  @EXT-HADOOP-01 @extended @feature:hadoop-safe-keys
  Scenario Outline: A key without the characters on which globs fail
    Given a scan that started at "<start>"
    When ASH Core runs the reporter
    Then the object's key holds none of :, + or space
    And the timestamp in the object's key denotes the start of the scan

    Examples:
      | start                     |
      | 2026-01-15T10:30:00+00:00 |
      | 2025-12-31T23:59:59-05:00 |
