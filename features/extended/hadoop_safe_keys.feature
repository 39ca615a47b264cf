Feature: Keys that Hadoop can read
  For a reporter whose objects Spark and Hive can read.

  Background:
    Given a configured reporter

  @interpretation:7
  Rule: The key contains no colon, no plus sign and no space
    The globs of Spark and Hive fail on such a key, and timestamps usually contain colons.
    Often wrong: the reporter writes the timestamp as the results have it.

    @EXT-HADOOP-01 @extended @feature:hadoop-safe-keys @path:object_naming/json
    Scenario Outline: A key without characters on which globs fail
      Given a scan that started at "<start>"
      When ASH Core runs the reporter
      Then the object's key contains none of :, + or space
      And the timestamp in the object's key is the start of the scan

      Examples:
        | start                     |
        | 2026-01-15T10:30:00+00:00 |
        | 2025-12-31T23:59:59-05:00 |

  @interpretation:12
  Rule: Spark reads the reports by a glob
    Often wrong: the key contains a colon, which the globs of Spark take for the end of a URL scheme.

    @EXT-HADOOP-02 @extended @feature:hadoop-safe-keys @path:integrations/glue
    Scenario: Findings per scanner as Parquet
      Given the option key_prefix is "scans/"
      When ASH Core runs the reporter
      Then Spark flattens the findings of each scanner into Parquet
