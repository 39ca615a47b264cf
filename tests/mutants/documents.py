"""How the object's content is written, and of what type it is said to be, got wrong."""

import gzip
import json
import re
from dataclasses import replace
from typing import Any, ClassVar

import yaml
from s3_reporter_conformance.reference.conversion import Document, convert

from .catalogue import mutant
from .conversion import SPOILT, Simple, changed, only
from .over_reference import Changed, ChangedPut
from .shared_lists import UNREADABLE

CUT = "YAML that is cut off can be read, and lacks data"

SPOILT_LATER = {
    "format_conversion: format - JSON -> to_json": SPOILT,
    "format_conversion: format - YAML -> to_yaml": SPOILT,
}


@mutant(
    "format_conversion: format - JSON -> to_json",
    "report_sequence: process_scan_results - JSON -> convert_to_json",
    kills=(
        "ARC-03 CFG-25 CFG-26 CFG-27 CFG-52 CFG-54 CFG-55 CFG-57 FMT-01 FMT-05 FMT-07 "
        "FMT-13 FMT-15 FMT-17 FMT-19 FMT-21 FMT-23 FMT-27 FMT-26 FMT-09 FMT-11 INT-01 "
        "INT-06 INT-02 INT-07 INT-03 INT-08 INT-04 INT-05 SEQ-01 EXT-ATHENA-01 "
        "EXT-ATHENA-02 EXT-ATHENA-03 EXT-HADOOP-02 EXT-TIMESTAMP-01"
    ),
)
class YamlInJson(Changed):
    """Writes YAML, whatever is configured."""

    changes: ClassVar = only(
        "json", lambda data, document: replace(document, content=convert(data, "yaml").content)
    )


@mutant(
    "integrations: quicksight --> visualization",
    interpretation=10,
    kills=(
        "ARC-03 CFG-25 CFG-26 CFG-27 CFG-52 CFG-54 CFG-55 CFG-57 FMT-01 FMT-05 FMT-07 "
        "FMT-13 FMT-15 FMT-17 FMT-19 FMT-21 FMT-23 FMT-27 FMT-26 FMT-09 FMT-11 INT-01 "
        "INT-06 INT-02 INT-07 INT-08 INT-04 INT-05 EXT-ATHENA-01 EXT-ATHENA-02 "
        "EXT-ATHENA-03 EXT-HADOOP-02 EXT-TIMESTAMP-01"
    ),
)
class EncodedTwice(Changed):
    """Writes a JSON text that holds JSON."""

    changes: ClassVar = only(
        "json",
        lambda _, document: replace(
            document, content=json.dumps(document.content.decode()).encode()
        ),
    )


@mutant(
    "format_conversion: format - YAML -> to_yaml",
    "report_sequence: process_scan_results - YAML -> convert_to_yaml",
    kills=(
        "CFG-51 CFG-53 CFG-56 CFG-58 FMT-02 FMT-06 FMT-08 FMT-14 FMT-16 FMT-18 FMT-20 "
        "FMT-22 FMT-24 FMT-28 FMT-25 FMT-10 FMT-12 INT-01 SEQ-02"
    ),
)
class JsonInYaml(Changed):
    """Writes JSON into a .yaml object."""

    changes: ClassVar = only(
        "yaml", lambda data, document: replace(document, content=convert(data, "json").content)
    )


@mutant(
    interpretation=10,
    kills="FMT-12",
)
class YamlWithTags(Changed):
    """Writes YAML with tags that only Python reads."""

    changes: ClassVar = only(
        "yaml", lambda data, document: replace(document, content=yaml.dump(dict(data)).encode())
    )


class BareDumper(yaml.SafeDumper):
    """Knows no text that needs quotes for what it looks like."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- as the base class has it


@mutant("format_conversion: format - YAML -> to_yaml", kills="FMT-06 FMT-08 FMT-20 FMT-25")
class YamlWithoutQuotes(Changed):
    """Leaves text in YAML without quotes although it looks like something else."""

    changes: ClassVar = only(
        "yaml",
        lambda data, document: replace(
            document,
            content=yaml.dump(
                json.loads(convert(data, "json").content), Dumper=BareDumper
            ).encode(),
        ),
    )


@mutant(
    "format_conversion: to_json --> json_type",
    "architecture: converter --> creator",
    kills="ARC-03 CFG-25 CFG-26 CFG-27 CFG-52 CFG-54 CFG-55 CFG-57 FMT-03 INT-03",
)
class JsonAsText(Changed):
    """Gives JSON the content type of plain text."""

    changes: ClassVar = only(
        "json", lambda _, document: replace(document, content_type="text/plain")
    )


@mutant("format_conversion: to_yaml --> yaml_type", kills="CFG-51 CFG-53 CFG-56 CFG-58 FMT-04")
class YamlAsText(Changed):
    """Gives YAML the content type of plain text."""

    changes: ClassVar = only(
        "yaml", lambda _, document: replace(document, content_type="text/plain")
    )


@mutant(
    "format_conversion: to_json --> json_type",
    "format_conversion: to_yaml --> yaml_type",
    kills=(
        "ARC-03 CFG-25 CFG-26 CFG-27 CFG-51 CFG-52 CFG-53 CFG-54 CFG-55 CFG-56 CFG-57 "
        "CFG-58 FMT-03 FMT-04 INT-03"
    ),
)
class ContentTypesSwapped(Changed):
    """Gives JSON the content type of YAML, and YAML that of JSON."""

    changes: ClassVar = {
        "convert": lambda data, form: replace(
            convert(data, form),
            content_type={"json": "application/yaml", "yaml": "application/json"}[form],
        )
    }


@mutant(
    "format_conversion: json_type --> content",
    "format_conversion: yaml_type --> content",
    kills=(
        "ARC-03 CFG-25 CFG-26 CFG-27 CFG-51 CFG-52 CFG-53 CFG-54 CFG-55 CFG-56 CFG-57 "
        "CFG-58 FMT-03 FMT-04 INT-03"
    ),
)
class NoContentType(ChangedPut):
    """Leaves the content type to the SDK."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        del arguments["ContentType"]
        return put_object(**arguments)


@mutant(
    "format_conversion: json_type --> content",
    "format_conversion: yaml_type --> content",
    indistinguishable=SPOILT_LATER | {"format_conversion: results --> simple_dict": CUT},
    kills=UNREADABLE,
)
class Truncated(Changed):
    """Loses the end of the content."""

    changes: ClassVar = changed(lambda content: content[: len(content) // 2])


@mutant(
    "format_conversion: json_type --> content",
    "format_conversion: yaml_type --> content",
    "report_sequence: convert_to_json --> name_the_object_by_the_scan_s_start",
    "report_sequence: convert_to_yaml --> name_the_object_by_the_scan_s_start",
    indistinguishable=SPOILT_LATER
    | {
        "report_sequence: process_scan_results - JSON -> convert_to_json": SPOILT,
        "report_sequence: process_scan_results - YAML -> convert_to_yaml": SPOILT,
    },
    kills=f"{UNREADABLE} ERR-27",
)
class Empty(Changed):
    """Uploads nothing."""

    changes: ClassVar = changed(lambda _: b"")


@mutant(
    "format_conversion: json_type --> content",
    "format_conversion: yaml_type --> content",
    indistinguishable=SPOILT_LATER,
    kills=UNREADABLE,
)
class Compressed(Changed):
    """Uploads the content compressed."""

    changes: ClassVar = changed(gzip.compress)


@mutant(interpretation=10, kills="FMT-07 FMT-08 FMT-17 FMT-18 FMT-19 FMT-20 FMT-27 FMT-28")
class Latin1(Changed):
    """Encodes text in Latin-1."""

    changes: ClassVar = changed(lambda content: content.decode().encode("latin-1", "replace"))


@mutant(
    interpretation=10,
    kills=(
        "ARC-03 CFG-25 CFG-26 CFG-27 CFG-52 CFG-54 CFG-55 CFG-57 FMT-01 FMT-05 FMT-07 "
        "FMT-13 FMT-15 FMT-17 FMT-19 FMT-21 FMT-23 FMT-27 FMT-26 FMT-09 FMT-11 INT-01 "
        "INT-02 INT-03 INT-04 INT-05 SEQ-01 EXT-ATHENA-01 EXT-ATHENA-02 EXT-ATHENA-03 "
        "EXT-TIMESTAMP-01"
    ),
)
class ByteOrderMark(Changed):
    """Puts a byte order mark before JSON."""

    changes: ClassVar = only(
        "json", lambda _, document: replace(document, content=b"\xef\xbb\xbf" + document.content)
    )


@mutant(
    "integrations: athena --> sql",
    interpretation=12,
    kills="EXT-ATHENA-01 EXT-ATHENA-02 EXT-ATHENA-03",
)
class PrettyJson(Changed):
    """Writes JSON over several lines, although it says that it does not."""

    changes: ClassVar = only(
        "json",
        lambda _, document: replace(
            document, content=json.dumps(json.loads(document.content), indent=2).encode()
        ),
    )


def replaced_in_yaml(form: str, replacement: str) -> dict[str, Any]:
    """The reference's conversion, with something replaced in the text of YAML."""

    def change(_: Simple, document: Document) -> Document:
        text = re.sub(form, replacement, document.content.decode(), flags=re.MULTILINE)
        return replace(document, content=text.encode())

    return only("yaml", change)


@mutant(interpretation=10, kills="FMT-06 FMT-20 FMT-25")
class YamlNamesWithoutQuotes(Changed):
    """Leaves names in YAML without quotes although they look like something else."""

    changes: ClassVar = replaced_in_yaml(r"^( *)'([\w~.+-]+)':", r"\1\2:")


@mutant(interpretation=10, kills="FMT-25")
class YamlOfTwoVersions(Changed):
    """Quotes some text for YAML 1.1 and some for YAML 1.2, so that neither reads all of it."""

    changes: ClassVar = replaced_in_yaml(r"^( *)- '(no|1e3|0o17)'$", r"\1- \2")


@mutant(
    interpretation=10,
    kills=(
        "CFG-51 CFG-53 CFG-56 CFG-58 FMT-02 FMT-06 FMT-08 FMT-14 FMT-16 FMT-18 FMT-20 "
        "FMT-22 FMT-24 FMT-28 FMT-25 FMT-10 FMT-12 INT-01 SEQ-02"
    ),
)
class YamlNameTwice(Changed):
    """Writes a name twice, which some YAML parsers reject."""

    changes: ClassVar = replaced_in_yaml(r"\A(.*\n)", r"\1\1")


@mutant(
    interpretation=10,
    kills=(
        "ARC-03 CFG-25 CFG-26 CFG-27 CFG-51 CFG-52 CFG-53 CFG-54 CFG-55 CFG-56 CFG-57 "
        "CFG-58 FMT-03 FMT-04 INT-03"
    ),
)
class CharsetOfLatin1(ChangedPut):
    """Says that the content is in Latin-1."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        arguments["ContentType"] += "; charset=iso-8859-1"
        return put_object(**arguments)


@mutant(interpretation=12, kills="FMT-07 FMT-13 FMT-17 FMT-19 EXT-ATHENA-02")
class LineBreaksWritten(Changed):
    """Writes the line breaks of texts as they are, so that logs look better."""

    @staticmethod
    def unescaped(data: Any, form: str) -> Document:
        document = convert(data, form)
        if form == "yaml":
            return document
        content = document.content.replace(b"\\n", b"\n").replace(b"\\r", b"\r")
        return replace(document, content=content)

    changes: ClassVar = {"convert": unescaped}


@mutant("format_conversion: format - YAML -> to_yaml", kills="FMT-25")
class FewWordsQuoted(Changed):
    """Quotes the usual spellings of null and of numbers in YAML, and forgets the others."""

    changes: ClassVar = only(
        "yaml",
        lambda _, document: replace(
            document,
            content=re.sub(
                rb"""['"](NULL|TRUE|[.]NaN|-[.]inf|-5|3[.]10|1[.]5e[+]3)['"]""",
                rb"\1",
                document.content,
            ),
        ),
    )
