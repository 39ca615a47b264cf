Feature: Object naming
  The key of the S3 object: the prefix, ash-report-, the start of the scan, and an extension for the format.

  One slash separates the prefix from the name, whether or not the configured prefix ends with one. An empty
  prefix adds no slash. The timestamp is the start of the scan, as the results have it or as the same instant:
  its year, month, day, hour, minute, and second in this order, its fraction if there is one, and its zone
  unless it is UTC (interpretation 7).

  Background:
    Given a configured reporter

  @interpretation:7
  Rule: The extension follows the format
    Often wrong: the extension is always .json, or it is .yml.

    @<id> @core @path:<file_format>
    Scenario Outline: The key of a <format> report
      Given the option key_prefix is "scans/"
      And the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object's key begins with "scans/ash-report-"
      And the timestamp in the object's key is the start of the scan
      And the object's key ends with ".<file_format>"

      Examples:
        | id     | format | file_format |
        | KEY-01 | JSON   | json        |
        | KEY-02 | YAML   | yaml        |

  @interpretation:7
  Rule: One slash separates the prefix from the name
    Often wrong: the reporter always adds a slash or never does, so that a prefix runs into the name, is
    followed by two slashes or, if it is empty, leaves a slash at the beginning.

    @KEY-03 @core @path:json
    Scenario Outline: A prefix that does not end with a slash
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>/ash-report-"

      Examples:
        | prefix              |
        | scans               |
        | security/team-a/ash |

    @KEY-04 @core @path:json
    Scenario Outline: A prefix that ends with a slash
      Given the option key_prefix is "<prefix>/"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>/ash-report-"

      Examples:
        | prefix              |
        | scans               |
        | security/team-a/ash |

    @KEY-05 @core @path:json
    Scenario: An empty prefix adds no slash
      Given the option key_prefix is empty
      When ASH Core runs the reporter
      Then the object's key does not begin with "/"
      And the timestamp in the object's key is the start of the scan

    @KEY-06 @interpretation:11 @core @path:json
    Scenario Outline: The prefix is used as it is
      Often wrong: the reporter formats or expands the prefix as a template, as a date, or as a shell does; it
      looks for the extension in the whole key; it encodes the key, or the URL, only in part; it normalizes
      letters with accents, which one of these prefixes has both as one character and as two; it replaces
      what it takes for unsafe, or cuts what it takes for too long.
      Given the option key_prefix is "<prefix>/"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>/ash-report-"
      And the reporter returns the S3 URL of the object

      Examples:
        | prefix               |
        | Weekly Scans         |
        | équipe/sécurité 🔒 |
        | a+b=c                |
        | 100%                 |
        | a%41%2Fb             |
        | R&D "new", (it's) [a] <b>: 2*3^4; $5 @home! c\|d e\\f, and more than a hundred characters in all, as long |
        | %Y/%m                |
        | ${HOME}/{}           |
        | ~                    |
        | what?&#;             |
        | v1.json              |

  @interpretation:7
  Rule: The timestamp is the start of the scan, not the time of the upload
    Often wrong: the reporter reads the clock when it makes the key, and again for each retry; it drops the
    fraction of a second, so that one of two scans replaces the other; it writes the year of the week, `YYYY`
    instead of `yyyy`, which differs at the turn of the year.

    @KEY-07 @core @path:json
    Scenario Outline: The timestamp is the instant at which the scan started
      Given a scan that started at "<start>"
      When ASH Core runs the reporter
      Then the timestamp in the object's key is the start of the scan

      Examples:
        | start                     |
        | 2026-01-15T10:30:00+00:00 |
        | 2026-01-15T10:30:00Z      |
        | 2025-12-31T23:59:59-05:00 |
        | 2024-02-29T00:00:00+05:30 |
        | 2024-12-30T12:00:00+00:00 |
        | 2026-01-15T10:30:00-03:30 |
        | 2126-12-31T23:59:59+00:00 |
        | 2026-07-15T00:00:00+00:00 |
        | 2026-01-15T10:30:00-00:30 |

    @KEY-09 @core @path:json
    Scenario Outline: The timestamp keeps the fraction of a second
      Given a scan that started at "<start>"
      When ASH Core runs the reporter
      Then the timestamp in the object's key is the start of the scan

      Examples:
        | start                            |
        | 2026-01-15T10:30:00.250000+00:00 |
        | 2026-01-15T10:30:00.5Z           |
        | 2026-01-15T10:30:00.000007-05:00 |
        | 2026-01-15T10:30:00.123456Z      |
        | 2026-01-15T10:30:00.050Z         |

    @KEY-11 @interpretation:11 @core @path:yaml
    Scenario Outline: The key of a YAML report follows the same rules
      Often wrong: what was mended for JSON was forgotten for YAML.
      Given the option file_format is "yaml"
      And the option key_prefix is "<prefix>/"
      And a scan that started at "<start>"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>/ash-report-"
      And the timestamp in the object's key is the start of the scan
      And the reporter returns the S3 URL of the object

      Examples:
        | prefix     | start                         |
        | v1.json    | 2026-01-15T10:30:00.25-03:30  |
        | 100% %Y/+b | 2025-12-31T23:59:59-05:00     |

    @KEY-10 @core @path:json
    Scenario: The start is a date and time instead of text
      A reporter in another process gets it as text.
      Given a scan whose start is a date and time instead of text
      When ASH Core runs the reporter
      Then the timestamp in the object's key is the start of the scan

    @KEY-08 @core @path:json
    Scenario: A retry uploads under the same key
      Given S3 throttles the first attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And every attempt has the same key
