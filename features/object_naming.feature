Feature: Object naming
  What the S3 object is called: the prefix, ash-report-, when the scan started, and the format.

  There is one slash between prefix and name whether or not the prefix was configured with one, and
  none before the name when the prefix is empty. The timestamp denotes the start of the scan, as the
  results have it or as the same instant in ISO 8601 (interpretation 7).

  Background:
    Given a configured reporter

  @interpretation:7
  Rule: The extension follows the format
    Often wrong: the extension is always .json, or .yml.

    @KEY-01 @core @path:file_format=json
    Scenario: The key of a JSON report
      Given the option key_prefix is "scans/"
      And the option file_format is "json"
      When ASH Core runs the reporter
      Then the object's key begins with "scans/ash-report-"
      And the timestamp in the object's key denotes the start of the scan
      And the object's key ends with ".json"

    @KEY-02 @core @path:file_format=yaml
    Scenario: The key of a YAML report
      Given the option key_prefix is "scans/"
      And the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object's key begins with "scans/ash-report-"
      And the timestamp in the object's key denotes the start of the scan
      And the object's key ends with ".yaml"

  @interpretation:7
  Rule: One slash parts the prefix from the name
    Often wrong: prefix and name are joined as they are, so that a prefix without a slash melts into the
    name, one with a slash gets two, and an empty one leaves a slash at the beginning.

    @KEY-03 @core @path:file_format=json
    Scenario Outline: A prefix without a slash at its end
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>/ash-report-"

      Examples:
        | prefix              |
        | scans               |
        | security/team-a/ash |

    @KEY-04 @core @path:file_format=json
    Scenario Outline: A prefix with a slash at its end
      Given the option key_prefix is "<prefix>/"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>/ash-report-"

      Examples:
        | prefix              |
        | scans               |
        | security/team-a/ash |

    @KEY-05 @core @path:file_format=json
    Scenario: An empty prefix leaves no slash at the beginning
      Given the option key_prefix is empty
      When ASH Core runs the reporter
      Then the object's key does not begin with "/"
      And the timestamp in the object's key denotes the start of the scan

    @KEY-06 @core @path:file_format=json
    Scenario Outline: The prefix is kept as it is
      Given the option key_prefix is "<prefix>/"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>/ash-report-"

      Examples:
        | prefix           |
        | Weekly Scans     |
        | équipe/sécurité  |
        | a+b=c            |
        | 100%             |

  @interpretation:7
  Rule: The timestamp is the start of the scan, not the time of the upload
    Often wrong: the clock is read when the key is made, and again in each retry.

    @KEY-07 @core @path:file_format=json
    Scenario Outline: The timestamp denotes the instant at which the scan started
      Given a scan that started at "<start>"
      When ASH Core runs the reporter
      Then the timestamp in the object's key denotes the start of the scan

      Examples:
        | start                     |
        | 2026-01-15T10:30:00+00:00 |
        | 2026-01-15T10:30:00Z      |
        | 2025-12-31T23:59:59-05:00 |
        | 2024-02-29T00:00:00+05:30 |

    @KEY-08 @core @path:file_format=json
    Scenario: A retry uploads under the same key
      Given S3 throttles the first attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And every attempt has the same key
