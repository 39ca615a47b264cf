"""The command contract: the requests to a command, and its replies.

`docs/contract.md` describes it for authors of reporters; its schemas are generated from here.
"""

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from ..words.errors import QUOTING, AdapterError
from ..words.names import text_of
from .base import Call

VERSION = 1
_SHOWN = 300
_Seconds = Annotated[float, Meta(ge=0, description="Seconds.")]


class Operation(Enum):
    """The operations: `scan` only for a program that declares live-scan."""

    VALIDATE = "validate"
    REPORT = "report"
    SCAN = "scan"


class Options(Struct, forbid_unknown_fields=True):
    """The configured options. An absent option is not set."""

    aws_region: str | UnsetType = UNSET
    bucket_name: str | UnsetType = UNSET
    aws_profile: str | UnsetType = UNSET
    key_prefix: str | UnsetType = UNSET
    file_format: Literal["json", "yaml", ""] | UnsetType = UNSET
    max_retries: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    base_delay: _Seconds | UnsetType = UNSET
    max_delay: _Seconds | UnsetType = UNSET
    time_limit: _Seconds | UnsetType = UNSET


class Request(Struct, forbid_unknown_fields=True):
    """A reporter's command reads one such document from standard input.

    Attributes:
        contract: The version of the contract.
        operation: validate: say whether the reporter is ready. report: upload the results. scan:
            scan a folder, and report; only for a program that declares live-scan.
        output_dir: The absolute path of an existing folder for the local copy, or for all that a
            scan writes.
        results: For report alone: the simple dict of the scan results;
            metadata.summary_stats.start is the start of the scan.
        source_dir: For scan alone: the absolute path of the folder to scan.
    """

    contract: Literal[1]
    operation: Operation
    options: Options
    output_dir: str
    results: Mapping[str, Any] | UnsetType = UNSET
    source_dir: str | UnsetType = UNSET


class Validated(Struct, forbid_unknown_fields=True):
    """The reply to validate: whether the reporter is ready, and if it is not, why."""

    ready: bool
    message: str = ""


class Reported(Struct, forbid_unknown_fields=True):
    """The reply to report: the S3 URL, or an error message."""

    returned: str


class Scanned(Struct, forbid_unknown_fields=True):
    """The reply to scan: the exit code with which the tool ends for its users."""

    exit_code: int


REPLIES = {
    Operation.VALIDATE: (Validated, '{"ready": true} or {"ready": false, "message": "..."}'),
    Operation.REPORT: (Reported, '{"returned": "..."}'),
    Operation.SCAN: (Scanned, '{"exit_code": 0}'),
}
"""The form of the reply to each operation, and what it looks like."""


def request(call: Call, operation: Operation) -> str:
    """Return the request for one operation of a call, as JSON."""
    document: dict[str, Any] = {
        "contract": VERSION,
        "operation": operation.value,
        "options": dict(call.options),
        "output_dir": str(call.output_dir),
    }
    if operation is Operation.REPORT:
        document["results"] = dict(call.results.data)
    if operation is Operation.SCAN:
        document["source_dir"] = str(call.source_dir)
    try:
        text = _to_json(document)
    except ValueError:
        # JSON has no infinite numbers, and no NaN (RFC 8259, section 6).
        plain = json.loads(json.dumps(document, default=_as_text), parse_constant=lambda _: None)
        text = _to_json(plain)
    msgspec.json.decode(text, type=Request)
    return text


def read_reply(output: bytes, operation: Operation) -> Any:
    """Parse the reply that a command printed, into the class of `REPLIES`.

    Raises:
        AdapterError: It is not exactly one JSON document, or violates the contract.
    """
    kind, expected = REPLIES[operation]
    try:
        return msgspec.json.decode(output, type=kind)
    except (ValueError, RecursionError) as error:
        printed = output.decode(errors="replace").strip()
        shown = f"{printed[:_SHOWN]} ..." if len(printed) > _SHOWN else printed
        what = f"is malformed: {error}" if shown else "is missing"
        raise AdapterError(
            f"the reply to {operation.value} {what}. Expected on standard output: {expected} and "
            f"nothing else. {QUOTING} {shown or '(nothing)'}"
        ) from error


def _to_json(document: Any) -> str:
    return json.dumps(document, default=_as_text, ensure_ascii=False, allow_nan=False)


def _as_text(value: Any) -> Any:
    """The JSON form of a value that has no JSON type (interpretation 10)."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else text_of(value)
