Feature: Integrations
  Whether other AWS services can use what the reporter uploads.

  These requirements find and read the object as such a service does: a Lambda function receives the bucket's
  event, SQL runs over a prefix, a QuickSight manifest lists the object. The function and the SQL are those
  of examples/analysis. The services themselves do not run here.

  Background:
    Given a configured reporter

  @interpretation:12
  Rule: AWS Lambda is notified of the object
    Often wrong: the reporter writes the object under another key and then moves it, so that the event names
    an object that no longer exists.

    @INT-01 @core @path:lambda
    Scenario Outline: The bucket's event names the report
      Given the option file_format is "<format>"
      And the bucket's events go to a queue
      When ASH Core runs the reporter
      Then the queue contains one event, which names the object
      And the object contains the scan results

      Examples:
        | format |
        | json   |
        | yaml   |

  @interpretation:12
  Rule: A Lambda function can read the object that an event names
    The event filters use letters and digits only: S3 expects other characters to be percent-encoded, and
    emulators differ in that.
    Often wrong: the object is not under the prefix, so that there is no event; the key changes when it is
    percent-encoded; a .json object contains YAML.

    @INT-06 @core @path:lambda
    Scenario Outline: A Lambda function finds the scan's severities
      Given the option key_prefix is "<prefix>"
      And the option file_format is "<format>"
      And the bucket's events for keys that begin with "<beginning>" go to a queue
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
  Rule: Amazon Athena counts the findings under the prefix
    Often wrong: the prefix also contains objects that are not reports.

    @INT-02 @core @path:athena
    Scenario: The severities under the prefix are those of the scan
      Given the option key_prefix is "scans/"
      When ASH Core runs the reporter
      Then the JSON documents under "scans/" add up to the scan's severities

    @INT-07 @core @path:athena
    Scenario: SQL over the reports of two scans
      Given the option key_prefix is "scans/"
      And an earlier scan with other findings was reported to the same bucket
      When ASH Core runs the reporter
      Then SQL over the reports under "scans/" counts both scans' findings

  @interpretation:12
  Rule: Amazon QuickSight can import the object
    Often wrong: the reporter returns a URL of the AWS console instead of the object's URL.

    @INT-03 @core @path:quicksight
    Scenario: The URL leads to a document that QuickSight accepts
      When ASH Core runs the reporter
      Then the reporter returns the S3 URL of the object
      And the object is a JSON document
      And the object's content type is "application/json"
      And the object's key ends with ".json"

    @INT-08 @core @path:quicksight
    Scenario: A manifest of the objects under the prefix
      Given the option key_prefix is "scans/"
      When ASH Core runs the reporter
      Then QuickSight can import what a manifest for "scans/" lists

  @interpretation:12
  Rule: AWS Glue finds each scan once
    Often wrong: every upload has the same key, so that one scan replaces another; or every upload has a new
    key, so that one scan is there twice.

    @INT-04 @core @path:glue
    Scenario: Two scans under one prefix
      Given the option key_prefix is "scans/"
      And a scan of the day before was reported to the same bucket
      When ASH Core runs the reporter
      Then there is one JSON document under "scans/" for each of the two scans

    @INT-05 @core @path:glue
    Scenario: The same scan reported twice
      Given the option key_prefix is "scans/"
      And the same scan was already reported
      When ASH Core runs the reporter
      Then there is one JSON document under "scans/" for the scan
