Feature: Integrations
  Whether other AWS services can use what the reporter uploads.

  These runs use the code of examples/analysis to find and read the object as those services would.

  Background:
    Given a configured reporter

  @INT-01 @core @node:lambda @interpretation:12 @after:ARC-02
  Rule: AWS Lambda is notified of the object
    Often wrong: the reporter moves the object, so that the event names one that no longer exists.

    @every-run
    Scenario: A bucket with notifications
      When the upload is stored
      And the reader is lambda
      Then one event names the object

    Scenario: A Lambda function that gets the event of a JSON report
      Given the bucket's events for keys that begin with "scans" go to a queue
      When ASH Core runs the reporter, and "lambda" reads the bucket

  @INT-02 @core @node:processing @interpretation:12 @after:FMT-03
  Rule: A Lambda function can read the object that an event names
    Often wrong: the key changes when it is percent-encoded; a .json object contains YAML.

    @every-run
    Scenario: A bucket with notifications
      When the upload is stored
      And the reader is lambda
      And the number of events is 1
      And the document can be read
      Then the reader counts the findings of every scan

    @unusual
    Scenario: A Lambda function that gets the event of a YAML report, whose key is percent-encoded
      Given the option file_format is "yaml"
      And the option key_prefix is "a b+é 10:30"
      And the bucket's events for keys that begin with "a" go to a queue
      When ASH Core runs the reporter, and "lambda" reads the bucket

  @INT-03 @core @node:sql @interpretation:12 @after:FMT-01 @after:FMT-03 @after:ARC-02
  Rule: SQL over the prefix counts the findings of every scan
    Often wrong: the prefix also contains objects that are not reports; one scan replaces another.

    @every-run
    Scenario: A query
      When the upload is stored
      And the reader is athena
      Then the reader counts the findings of every scan

    Scenario: Athena reads the reports of two scans
      Given the bucket contains the report of another scan
      When ASH Core runs the reporter, and "athena" reads the bucket

  @INT-04 @recommended @node:visualization @interpretation:12 @after:FMT-01 @after:ARC-02
  Rule: Amazon QuickSight can import the objects under the prefix
    Recommended because the limits of QuickSight are its own, and no part of the diagram.
    Often wrong: the name of the object does not say that it is JSON.

    @every-run
    Scenario: A manifest
      When the upload is stored
      And the reader is quicksight
      Then QuickSight can import what a manifest lists

    Scenario: QuickSight reads the report of a scan
      Given scan results with common values
      And the option key_prefix is "Security/Team-B"
      When ASH Core runs the reporter, and "quicksight" reads the bucket

  @INT-05 @recommended @node:etl @interpretation:12 @after:FMT-01 @after:ARC-02 @after:ARC-03 @after:KEY-01
  Rule: AWS Glue finds each scan once
    Recommended because a crawler counts what it finds, and the diagram shows one scan alone.
    Often wrong: every upload has the same key, so that one scan replaces another; or one scan gets several keys.

    @every-run
    Scenario: A crawler
      When the upload is stored
      And the reader is glue
      Then each scan is found once

    Scenario: Glue reads the reports of two scans
      Given the bucket contains the report of another scan
      And scan results with no findings
      When ASH Core runs the reporter, and "glue" reads the bucket

    Scenario: Glue reads the report of a scan that was reported twice
      Given the same scan was reported before
      And an earlier, larger scan was reported before
      When ASH Core runs the reporter, and "glue" reads the bucket
