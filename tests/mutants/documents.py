"""How the object's content is written, and of what type it is said to be, got wrong."""

import gzip
import json
import re
from dataclasses import replace
from typing import Any, ClassVar

import yaml
from s3_reporter_conformance.reference.conversion import Document, convert

from .catalogue import mutant
from .conversion import Simple, changed, only
from .over_reference import Changed, ChangedPut


@mutant(aim="FMT-01")
class YamlInJson(Changed):
    """Writes YAML, whatever is configured."""

    changes: ClassVar = only(
        "json", lambda data, document: replace(document, content=convert(data, "yaml").content)
    )


@mutant(aim="FMT-03")
class EncodedTwice(Changed):
    """Writes a JSON text that holds JSON."""

    changes: ClassVar = only(
        "json",
        lambda _, document: replace(
            document, content=json.dumps(document.content.decode()).encode()
        ),
    )


@mutant(aim="FMT-01")
class JsonInYaml(Changed):
    """Writes JSON into a .yaml object."""

    changes: ClassVar = only(
        "yaml", lambda data, document: replace(document, content=convert(data, "json").content)
    )


@mutant(aim="FMT-01")
class YamlWithTags(Changed):
    """Writes YAML with tags that only Python reads."""

    changes: ClassVar = only(
        "yaml", lambda data, document: replace(document, content=yaml.dump(dict(data)).encode())
    )


class BareDumper(yaml.SafeDumper):
    """Knows no text that needs quotes for what it looks like."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- as the base class has it


@mutant(aim="FMT-03")
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


@mutant(aim="FMT-02")
class JsonAsText(Changed):
    """Gives JSON the content type of plain text."""

    changes: ClassVar = only(
        "json", lambda _, document: replace(document, content_type="text/plain")
    )


@mutant(aim="FMT-02")
class YamlAsText(Changed):
    """Gives YAML the content type of plain text."""

    changes: ClassVar = only(
        "yaml", lambda _, document: replace(document, content_type="text/plain")
    )


@mutant(aim="FMT-02")
class ContentTypesSwapped(Changed):
    """Gives JSON the content type of YAML, and YAML that of JSON."""

    changes: ClassVar = {
        "convert": lambda data, form: replace(
            convert(data, form),
            content_type={"json": "application/yaml", "yaml": "application/json"}[form],
        )
    }


@mutant(aim="FMT-02")
class NoContentType(ChangedPut):
    """Leaves the content type to the SDK."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        del arguments["ContentType"]
        return put_object(**arguments)


@mutant(aim="FMT-01")
class Truncated(Changed):
    """Loses the end of the content."""

    changes: ClassVar = changed(lambda content: content[: len(content) // 2])


@mutant(aim="FMT-01")
class Empty(Changed):
    """Uploads nothing."""

    changes: ClassVar = changed(lambda _: b"")


@mutant(aim="FMT-01")
class Compressed(Changed):
    """Uploads the content compressed."""

    changes: ClassVar = changed(gzip.compress)


@mutant(aim="FMT-01")
class Latin1(Changed):
    """Encodes text in Latin-1."""

    changes: ClassVar = changed(lambda content: content.decode().encode("latin-1", "replace"))


@mutant(aim="FMT-01")
class ByteOrderMark(Changed):
    """Puts a byte order mark before JSON."""

    changes: ClassVar = only(
        "json", lambda _, document: replace(document, content=b"\xef\xbb\xbf" + document.content)
    )


@mutant(aim="EXT-ATHENA-01")
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


@mutant(aim="FMT-03")
class YamlNamesWithoutQuotes(Changed):
    """Leaves names in YAML without quotes although they look like something else."""

    changes: ClassVar = replaced_in_yaml(r"^( *)'([\w~.+-]+)':", r"\1\2:")


@mutant(aim="FMT-03")
class YamlOfTwoVersions(Changed):
    """Quotes some text for YAML 1.1 and some for YAML 1.2, so that neither reads all of it."""

    changes: ClassVar = replaced_in_yaml(r"^( *)- '(no|1e3|0o17)'$", r"\1- \2")


@mutant(aim="FMT-01")
class YamlNameTwice(Changed):
    """Writes a name twice, which some YAML parsers reject."""

    changes: ClassVar = replaced_in_yaml(r"\A(.*\n)", r"\1\1")


@mutant(aim="FMT-02")
class CharsetOfLatin1(ChangedPut):
    """Says that the content is in Latin-1."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        arguments["ContentType"] += "; charset=iso-8859-1"
        return put_object(**arguments)


@mutant(aim="FMT-01")
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


@mutant(aim="FMT-03")
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
