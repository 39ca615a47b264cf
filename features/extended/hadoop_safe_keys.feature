Feature: Keys that Hadoop can read
  For a reporter whose objects Spark and Hive can read.

  Background:
    Given a configured reporter

  @EXT-HADOOP-01 @extended @node:object_naming/timestamp @interpretation:7 @after:KEY-03
  Rule: The name of the object contains no colon, plus sign, space, or bracket
    The globs of Spark and Hive fail on such a key, or take it for another, and timestamps usually contain colons.
    Often wrong: the reporter writes the timestamp as the results have it.

    @every-run
    Scenario: The name
      When the upload is stored or refused
      Then the name of the object contains no colon, plus sign, space, or bracket

  @EXT-HADOOP-02 @extended @node:integrations/glue @interpretation:12
  Rule: Spark reads the reports by a glob
    Often wrong: the key contains a colon, which the globs of Spark take for the end of a URL scheme.

    @every-run
    Scenario: A job
      When the upload is stored
      And the reader is spark
      Then the reader counts the findings of every scan

    Scenario: Spark reads the report of a scan
      Given the option key_prefix is "spark"
      When ASH Core runs the reporter, and "spark" reads the bucket
