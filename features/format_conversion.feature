Feature: Format conversion
  How scan results become the content of an S3 object, and which content type the object gets.

  Background:
    Given a configured reporter

  @FMT-01 @core @node:format @interpretation:10 @after:ERR-06 @after:ARC-01
  Rule: The report is a document of the configured format
    A safe loader for YAML 1.1 or 1.2 reads the YAML. JSON is not accepted as YAML: the diagram has a branch for each.
    Often wrong: the reporter uploads the text that its language prints for a data structure; NaN, a byte order mark,
    or text that is not UTF-8; the YAML contains tags of the programming language, or the .yaml file contains JSON.

    @every-run @node:to_json
    Scenario: file_format json
      When the upload is stored or refused
      And the file_format is json
      Then the report is a json document

    @every-run @node:to_yaml
    Scenario: file_format yaml
      When the upload is stored or refused
      And the file_format is yaml
      Then the report is a yaml document

    @every-run
    Scenario: No file_format
      When the upload is stored or refused
      And the file_format is not set or empty
      Then the report is a yaml or json document

  @FMT-02 @core @node:content @interpretation:10
  Rule: The content type follows the format
    It is application/json or application/yaml. A charset must be UTF-8.
    Often wrong: it is left to the SDK, which sends application/octet-stream, or YAML is uploaded as JSON or as text.

    @every-run @node:json_type
    Scenario: file_format json
      When the upload is stored or refused
      And the file_format is json
      Then the content type is "application/json"

    @every-run @node:yaml_type
    Scenario: file_format yaml
      When the upload is stored or refused
      And the file_format is yaml
      Then the content type is "application/yaml"

  @FMT-03 @core @node:simple_dict @interpretation:10 @after:ERR-06 @after:ARC-01
  Rule: The report contains the scan results
    The document parses to the data of the simple dict.
    Often wrong: the reporter uploads a summary; in YAML, text or a name that looks like a number, a date, or a truth
    value loses its quotes; null is dropped; numbers pass through floating point; text is stripped or normalized; what
    is large or deep is cut off; an object whose names are numbers becomes a list.

    @every-run
    Scenario: A document that can be read
      When the upload is stored or refused
      And the document can be read
      Then the report contains the scan results

    @unusual
    Scenario Outline: The last retry of a <format> report with <data>
      Given scan results with <data>
      And the option file_format is "<format>"
      And S3 answers the first max_retries attempts with SlowDown
      When ASH Core runs the reporter

      Examples:
        | format | data                                         |
        | json   | 12,000 findings                              |
        | yaml   | 1,200 findings                               |
        | json   | unusual numbers, characters, and names       |
        | yaml   | unusual numbers, characters, and names       |
        | yaml   | names of more than 1,024 characters          |
        | json   | values for which JSON has no type            |
        | yaml   | values for which JSON has no type            |
        | yaml   | values that cannot be written                |
        | json   | values that cannot be copied                 |
        | json   | values that cannot be JSON                   |
        | json   | empty metadata                               |
        | yaml   | a list as their start                        |

  @FMT-04 @recommended @node:simple_dict @interpretation:10
  Rule: A value for which JSON has no type appears as text
    A date and time is in ISO 8601, a path or a UUID as usual, a member of an enumeration has its name, value, or both.
    Recommended because ASH's own models hold such values, and the diagrams do not say how they are written.
    Often wrong: the serializer writes a tag that only its own language can read, or drops the value.

    @every-run
    Scenario: A value without a JSON type
      When the upload is stored or refused
      And the document can be read
      And the results are values for which JSON has no type
      Then values without a JSON type appear as text

  @FMT-05 @recommended @node:format @interpretation:8 @after:FMT-01 @after:FMT-02
  Rule: Without a configured format, the reporter chooses one
    The key's extension, the content type, and the document agree on it.
    Recommended because the diagram does not say which format is used if none is configured, or an empty one.
    Often wrong: the reporter fails; an empty format becomes an empty extension; YAML has a name that ends with .json.

    @every-run
    Scenario: No file_format
      When the upload is stored or refused
      And the file_format is not set or empty
      Then the key, the content type, and the document agree on the format

    @unusual
    Scenario Outline: Only a region and a bucket, file_format <file_format>
      Given the option key_prefix is not set
      And the option file_format is <file_format>
      And S3 answers the first attempt with SlowDown
      When ASH Core runs the reporter

      Examples:
        | file_format |
        | not set     |
        | empty       |

  @FMT-06 @recommended @node:to_yaml @interpretation:10
  Rule: Control characters are escaped in YAML
    U+007F to U+009F, U+FFFE, and U+FFFF are written as \x7f or \uffff in double quotes.
    Recommended because YAML 1.2 allows them in quotes, but only some of its loaders read them.
    Often wrong: the library for YAML writes what JSON allows, as npm's yaml and js-yaml do.

    @every-run
    Scenario: A YAML document that can be read
      When the document can be read
      And the file_format is yaml
      Then control characters are escaped
