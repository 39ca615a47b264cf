Feature: Format conversion
  How scan results become the content of an S3 object, and which content type the object gets.

  The reporter reduces the results to plain data and serializes them as JSON or YAML. It is free in everything
  that does not change the data: the order of keys, white space, escapes and the styles of YAML. A value for
  which JSON has no type appears as text (interpretation 10).

  Background:
    Given a configured reporter

  @interpretation:10
  Rule: The option file_format chooses between JSON and YAML
    Often wrong: the YAML contains tags of the programming language, or the .yaml file contains JSON.

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report contains the results of a real scan
      Given the results of a real scan
      And the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object is a <format> document
      And the object contains the scan results

      Examples:
        | id     | format | file_format |
        | FMT-01 | JSON   | json        |
        | FMT-02 | YAML   | yaml        |

  @interpretation:10
  Rule: The content type follows the format
    Often wrong: the reporter leaves the content type to the SDK, which sends application/octet-stream, uploads
    YAML as JSON or as text, or adds a charset that is not UTF-8.

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report has the content type of <format>
      Given the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object's content type is "<content_type>"

      Examples:
        | id     | format | file_format | content_type     |
        | FMT-03 | JSON   | json        | application/json |
        | FMT-04 | YAML   | yaml        | application/yaml |

  @interpretation:10
  Rule: No data is lost or changed
    A YAML loader takes a name of more than 1,024 characters only as an explicit key, after `? `.
    Often wrong: text is not encoded in UTF-8; in YAML, text or a name that looks like a number, a date, or a
    truth value loses its quotes; null is dropped; numbers pass through floating point; text is stripped or
    normalized; what is large or deep is cut off; an object whose names are numbers becomes a list.

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report keeps values of every type
      Given scan results with values of every JSON type
      And the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object contains the scan results

      Examples:
        | id     | format | file_format |
        | FMT-05 | JSON   | json        |
        | FMT-06 | YAML   | yaml        |

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report keeps text as it is
      Given a scan of a project called "<name>"
      And the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object contains the scan results

      Examples:
        | id     | format | file_format | name                 |
        | FMT-07 | JSON   | json        | Grüße, Łódź          |
        | FMT-07 | JSON   | json        | 報告書               |
        | FMT-07 | JSON   | json        | 🔒 locked            |
        | FMT-07 | JSON   | json        | say "no" \\ 'yes'    |
        | FMT-07 | JSON   | json        | two\nlines           |
        | FMT-07 | JSON   | json        | </script>            |
        | FMT-07 | JSON   | json        | 0123                 |
        | FMT-08 | YAML   | yaml        | Grüße, Łódź          |
        | FMT-08 | YAML   | yaml        | 報告書               |
        | FMT-08 | YAML   | yaml        | 🔒 locked            |
        | FMT-08 | YAML   | yaml        | say "no" \\ 'yes'    |
        | FMT-08 | YAML   | yaml        | two\nlines           |
        | FMT-08 | YAML   | yaml        | key: value # comment |
        | FMT-08 | YAML   | yaml        | - item               |
        | FMT-08 | YAML   | yaml        | true                 |
        | FMT-08 | YAML   | yaml        | null                 |
        | FMT-08 | YAML   | yaml        | 0123                 |
        | FMT-08 | YAML   | yaml        | 1.5                  |

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report keeps <data>
      Given scan results that contain <data>
      And the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object contains the scan results

      Examples:
        | id     | format | file_format | data                                         |
        | FMT-13 | JSON   | json        | 20,000 findings                              |
        | FMT-14 | YAML   | yaml        | 20,000 findings                              |
        | FMT-15 | JSON   | json        | numbers of every size                        |
        | FMT-16 | YAML   | yaml        | numbers of every size                        |
        | FMT-17 | JSON   | json        | unusual characters                           |
        | FMT-18 | YAML   | yaml        | unusual characters                           |
        | FMT-19 | JSON   | json        | unusual names                                |
        | FMT-20 | YAML   | yaml        | unusual names                                |
        | FMT-21 | JSON   | json        | items that are repeated                      |
        | FMT-22 | YAML   | yaml        | items that are repeated                      |
        | FMT-23 | JSON   | json        | 100 levels                                   |
        | FMT-24 | YAML   | yaml        | 100 levels                                   |
        | FMT-27 | JSON   | json        | names of more than 1,024 characters          |
        | FMT-28 | YAML   | yaml        | names of more than 1,024 characters          |
        | FMT-26 | JSON   | json        | text and names that look like something else |
        | FMT-25 | YAML   | yaml        | text and names that look like something else |

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report of a scan without findings
      Given a scan without findings
      And the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object contains the scan results

      Examples:
        | id     | format | file_format |
        | FMT-09 | JSON   | json        |
        | FMT-10 | YAML   | yaml        |

  @interpretation:10
  Rule: A value for which JSON has no type appears as text
    Often wrong: the serializer fails on such a value, or writes a tag that only its own language can read.

    @<id> @core @path:<file_format>
    Scenario Outline: A <format> report writes other values as text
      Given scan results with a <kind>, for which JSON has no type
      And the option file_format is "<file_format>"
      When ASH Core runs the reporter
      Then the object is a <format> document
      And the object contains the scan results

      Examples:
        | id     | format | file_format | kind          |
        | FMT-11 | JSON   | json        | date and time |
        | FMT-11 | JSON   | json        | path          |
        | FMT-11 | JSON   | json        | enumeration   |
        | FMT-11 | JSON   | json        | date          |
        | FMT-11 | JSON   | json        | UUID          |
        | FMT-12 | YAML   | yaml        | date and time |
        | FMT-12 | YAML   | yaml        | path          |
        | FMT-12 | YAML   | yaml        | enumeration   |
        | FMT-12 | YAML   | yaml        | date          |
        | FMT-12 | YAML   | yaml        | UUID          |
