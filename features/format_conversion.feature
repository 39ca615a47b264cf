Feature: Format conversion
  How scan results become the content of an S3 object, and which content type it is given.

  The results are simplified to plain data and serialized to JSON or YAML. Everything that does not
  change the data is free: the order of keys, white space, escapes, YAML's styles. A value that JSON
  has no type for appears as text (interpretation 10).

  Background:
    Given a configured reporter

  @interpretation:10
  Rule: The option file_format decides between JSON and YAML
    Often wrong: YAML is written by a dumper that adds tags of its own language, or a .yaml file holds JSON.

    @FMT-01 @core @path:format=json
    Scenario: A JSON report holds the results of a real scan
      Given the results of a real scan
      And the option file_format is "json"
      When ASH Core runs the reporter
      Then the object is a JSON document
      And the object holds the scan results

    @FMT-02 @core @path:format=yaml
    Scenario: A YAML report holds the results of a real scan
      Given the results of a real scan
      And the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object is a YAML document
      And the object holds the scan results

  Rule: The content type follows the format
    Often wrong: the content type is left to the SDK, which takes application/octet-stream, or YAML is
    uploaded as JSON or as text.

    @FMT-03 @core @path:format=json
    Scenario: A JSON report has the content type of JSON
      Given the option file_format is "json"
      When ASH Core runs the reporter
      Then the object's content type is "application/json"

    @FMT-04 @core @path:format=yaml
    Scenario: A YAML report has the content type of YAML
      Given the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object's content type is "application/yaml"

  @interpretation:10
  Rule: No data is lost or changed
    Often wrong: text is encoded in something else than UTF-8; text that looks like a number, a date or
    a truth value loses its quotes in YAML; null is dropped.

    @FMT-05 @core @path:format=json
    Scenario: A JSON report keeps values of every type
      Given scan results with values of every JSON type
      And the option file_format is "json"
      When ASH Core runs the reporter
      Then the object holds the scan results

    @FMT-06 @core @path:format=yaml
    Scenario: A YAML report keeps values of every type
      Given scan results with values of every JSON type
      And the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object holds the scan results

    @FMT-07 @core @path:format=json
    Scenario Outline: A JSON report keeps text as it is
      Given a scan of a project called "<name>"
      And the option file_format is "json"
      When ASH Core runs the reporter
      Then the object holds the scan results

      Examples:
        | name                  |
        | Grüße, Łódź           |
        | 報告書                |
        | 🔒 locked             |
        | say "no" \\ 'yes'     |
        | two\nlines            |
        | </script>             |
        | 0123                  |

    @FMT-08 @core @path:format=yaml
    Scenario Outline: A YAML report keeps text as it is, whatever it looks like
      Given a scan of a project called "<name>"
      And the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object holds the scan results

      Examples:
        | name                  |
        | Grüße, Łódź           |
        | 報告書                |
        | 🔒 locked             |
        | say "no" \\ 'yes'     |
        | two\nlines            |
        | key: value # comment  |
        | - item                |
        | true                  |
        | null                  |
        | 0123                  |
        | 1.5                   |

    @FMT-09 @core @path:format=json
    Scenario: A JSON report of a scan without findings
      Given a scan without findings
      And the option file_format is "json"
      When ASH Core runs the reporter
      Then the object holds the scan results

    @FMT-10 @core @path:format=yaml
    Scenario: A YAML report of a scan without findings
      Given a scan without findings
      And the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object holds the scan results

  @interpretation:10
  Rule: A value that JSON has no type for appears as text
    Often wrong: the serializer fails on such a value, or writes a tag that only its own language reads.

    @FMT-11 @core @path:format=json
    Scenario Outline: A JSON report writes other values as text
      Given scan results with a <kind>, which JSON has no type for
      And the option file_format is "json"
      When ASH Core runs the reporter
      Then the object is a JSON document
      And the object holds the scan results

      Examples:
        | kind          |
        | date and time |
        | path          |
        | enumeration   |

    @FMT-12 @core @path:format=yaml
    Scenario Outline: A YAML report writes other values as text
      Given scan results with a <kind>, which JSON has no type for
      And the option file_format is "yaml"
      When ASH Core runs the reporter
      Then the object is a YAML document
      And the object holds the scan results

      Examples:
        | kind          |
        | date and time |
        | path          |
        | enumeration   |
