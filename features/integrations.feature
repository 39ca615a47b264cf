Feature: Integrations
  That other AWS services can work with what the reporter uploads.

  These requirements look at the object as such a service finds it, and read it: a Lambda function gets
  the bucket's event, SQL runs over a prefix, a manifest for QuickSight names it. The function and the SQL
  are those of examples/analysis; what cannot be run here, the services themselves, is not.

  Background:
    Given a configured reporter

  @interpretation:12
  Rule: AWS Lambda is told of the object
    Often wrong: the object is written under another name and then moved, so that the event names one
    that is gone.

    @INT-01 @core @path:s3=lambda
    Scenario Outline: The bucket's event names the report
      Given the option file_format is "<format>"
      And the bucket's events go to a queue
      When ASH Core runs the reporter
      Then the queue holds one event, which names the object
      And the object holds the scan results

      Examples:
        | format |
        | json   |
        | yaml   |

  @interpretation:12
  Rule: What an event tells of can be read
    The events are filtered by letters and digits alone: S3 wants other characters in a filter percent-encoded,
    and its emulations differ in that.
    Often wrong: the object lies elsewhere than under the prefix, for which alone there are events; the key
    changes where it is percent-encoded; what lies under .json is YAML.

    @INT-06 @core @path:s3=lambda
    Scenario Outline: A Lambda function finds the scan's figures
      Given the option key_prefix is "<prefix>"
      And the option file_format is "<format>"
      And the bucket's events for keys that begin "<beginning>" go to a queue
      When ASH Core runs the reporter
      Then a Lambda function that gets the event finds the scan's severities

      Examples:
        | prefix      | beginning | format |
        | scans/      | scans/    | json   |
        | scans/      | scans/    | yaml   |
        | two words/  | two       | json   |
        | a+b/        | a         | yaml   |
        | 10:30/      | 10        | json   |
        | prüfung/    | pr        | yaml   |

  @interpretation:12
  Rule: Amazon Athena finds the scan's figures under the prefix
    Often wrong: something else lies under the same prefix that is no report.

    @INT-02 @core @path:s3=athena
    Scenario: The severities counted under the prefix are the scan's
      Given the option key_prefix is "scans/"
      When ASH Core runs the reporter
      Then the JSON documents under "scans/" count the scan's severities

    @INT-07 @core @path:s3=athena
    Scenario: SQL over the reports of two scans
      Given the option key_prefix is "scans/"
      And an earlier scan, with other findings, was reported to the same bucket
      When ASH Core runs the reporter
      Then SQL over the reports under "scans/" counts both scans' findings

  @interpretation:12
  Rule: Amazon QuickSight can be pointed at the object
    Often wrong: the URL that is returned is one for people, to a console, and not one to the object.

    @INT-03 @core @path:s3=quicksight
    Scenario: The URL in a manifest leads to a document in an accepted format
      When ASH Core runs the reporter
      Then the reporter returns the S3 URL of the object
      And the object is a JSON document
      And the object's content type is "application/json"
      And the object's key ends with ".json"

    @INT-08 @core @path:s3=quicksight
    Scenario: A manifest of what lies under the prefix
      Given the option key_prefix is "scans/"
      When ASH Core runs the reporter
      Then QuickSight can take what a manifest for "scans/" names

  @interpretation:12
  Rule: AWS Glue finds each scan once
    Often wrong: every upload has the same key, so that one scan replaces the other, or a new one, so
    that one scan is there twice.

    @INT-04 @core @path:s3=glue
    Scenario: Two scans under one prefix
      Given the option key_prefix is "scans/"
      And an earlier scan, a day before, was reported to the same bucket
      When ASH Core runs the reporter
      Then the JSON documents under "scans/" are the two scans

    @INT-05 @core @path:s3=glue
    Scenario: The same scan reported twice
      Given the option key_prefix is "scans/"
      And the same scan was reported before
      When ASH Core runs the reporter
      Then the JSON documents under "scans/" are the scan
