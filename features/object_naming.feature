Feature: Object naming
  The key of the S3 object: the prefix, ash-report-, the start of the scan, and an extension for the format.

  Background:
    Given a configured reporter

  @KEY-01 @core @node:timestamp @interpretation:7 @after:KEY-03
  Rule: The timestamp is the start of the scan
    It is the same second, verbatim or with any separator except a slash.
    Often wrong: the reporter reads the clock; it cannot read a final Z; it writes the day, local time, or `YYYY`.

    @every-run
    Scenario: A start
      When the upload is stored or refused
      And the start is other than missing or empty text or no time
      And the caller is ASH Core or another program
      Then the timestamp in the key is the start of the scan, to the second

    @unusual
    Scenario: A scan that started at the turn of the year
      Given a scan whose start is 2024-12-30T12:00:00+00:00
      When ASH Core runs the reporter

  @KEY-02 @core @node:prefix @interpretation:7 @after:ARC-01 @after:CFG-05
  Rule: The key begins with the configured prefix
    Often wrong: the reporter expands the prefix as a template, as a date, or as a shell does; it encodes or cuts it.

    @every-run
    Scenario: A prefix
      When the upload is stored or refused
      And the key_prefix is plain or unusual or with a slash at its end
      Then the key begins with the prefix

    @unusual
    Scenario Outline: A prefix with <what>, throttled once with <code>
      Given the option key_prefix is "<prefix>"
      And S3 answers the first attempt with <code>
      And the option file_format is "<format>"
      When ASH Core runs the reporter

      Examples:
        | what                     | prefix                   | code                 | format |
        | accents, in two forms    | équipe/sécurité 🔒 | Throttling           | json   |
        | a template               | №/%Y/%m/${HOME}/{date}   | ThrottlingException  | yaml   |
        | query characters         | ~/what?&#;               | TooManyRequests      | json   |
        | more than 100 characters | R&D "new", (it's) [a] <b>: 2*3^4; $5 @home! c\|d e\\f, and more than a hundred characters in all, as long as that of a folder named after the team, the project, the branch, the build, the day, and the hour of the scan/and of a folder in it whose name tells the version of each scanner, and of its rules | RequestLimitExceeded | yaml   |

  @KEY-03 @core @node:key @interpretation:7
  Rule: After the prefix and one slash, the key goes on with ash-report-
    Often wrong: the reporter adds no slash, so that the prefix runs into the name; the name lacks ash-report-.

    @every-run
    Scenario: A plain prefix
      When the upload is stored or refused
      And the key_prefix is plain or unusual
      Then one slash, and ash-report-, follow the prefix

  @KEY-04 @core @node:make_key @interpretation:7
  Rule: The extension follows the format
    Often wrong: the extension is missing, or always .json, or it is .yml; it is looked for in the whole key.

    @every-run @node:json_extension
    Scenario: file_format json
      When the upload is stored or refused
      And the file_format is json
      Then the key ends with ".json"

    @every-run @node:yaml_extension
    Scenario: file_format yaml
      When the upload is stored or refused
      And the file_format is yaml
      Then the key ends with ".yaml"

    @unusual
    Scenario: A YAML report under a prefix that ends with .json
      Given the option key_prefix is " v1.json"
      And the option file_format is "yaml"
      When ASH Core runs the reporter

  @KEY-05 @recommended @node:make_key @interpretation:7
  Rule: A slash at the end of the prefix, and an empty prefix, add no second slash
    A reporter may treat an empty prefix as not set.
    Recommended because the diagram shows one slash, and does not say who writes it; `a//b` is another folder.
    Often wrong: the reporter always adds a slash, so that two follow the prefix, or the key begins with one.

    @every-run
    Scenario: A slash at the end, or an empty prefix
      When the upload is stored or refused
      And the key_prefix is with a slash at its end or empty
      Then no second slash follows the prefix

    @unusual
    Scenario: A YAML report under an empty prefix
      Given the option key_prefix is empty
      And the option file_format is "yaml"
      When ASH Core runs the reporter

  @KEY-06 @recommended @node:timestamp @interpretation:7 @after:KEY-01
  Rule: The timestamp keeps the fraction and the zone
    It is the same instant, whatever the form of the start: with a fraction, another zone or none, as text or not.
    Recommended because without the fraction, one of two scans in a second replaces the other.
    Often wrong: the reporter drops the fraction of a second, or writes local time without its zone.

    @every-run
    Scenario: A start with a fraction, another zone or none, or not as text
      When the upload is stored or refused
      And the start is other than in UTC or in UTC, with Z
      And the start is other than missing or empty text or no time
      Then the timestamp in the key is the start of the scan

    @unusual
    Scenario: A scan whose start is a date and time instead of text
      Given a scan whose start is a date and time
      When ASH Core runs the reporter

  @KEY-07 @recommended @node:prefix @interpretation:7
  Rule: The key contains no placeholder such as None
    Recommended because a word such as None, null, or NaN in a key has no meaning, and looks like a bug.
    Often wrong: without a prefix, the reporter writes None into the key.

    @every-run
    Scenario: No prefix
      When the upload is stored or refused
      And the key_prefix is not set
      Then the key contains no placeholder such as None
