"""The command contract: the requests to a command, and its replies.

`docs/contract.md` describes it for authors of reporters.
"""

import json
from datetime import date
from enum import Enum
from typing import Any

from ..disk.documents import violations
from ..words.errors import AdapterError
from .base import Call

VERSION = 1
_SHOWN = 300


class Operation(Enum):
    """The operations of a reporter."""

    VALIDATE = "validate"
    REPORT = "report"
    SCAN = "scan"


def request(call: Call, operation: Operation) -> str:
    """Return the request for one operation of a call, as JSON.

    Raises:
        ValueError: The suite itself broke the contract.
    """
    document: dict[str, Any] = {
        "contract": VERSION,
        "operation": operation.value,
        "options": dict(call.options),
        "output_dir": str(call.output_dir),
    }
    if operation is Operation.REPORT:
        document["results"] = call.results.to_simple_dict()
    if operation is Operation.SCAN:
        document["source_dir"] = str(call.source_dir)
    text = json.dumps(document, default=_as_text, ensure_ascii=False)
    if wrong := violations("request", json.loads(text)):
        raise ValueError(f"the request breaks the contract: {'; '.join(wrong)}")
    return text


def read_reply(output: bytes, operation: Operation) -> dict[str, Any]:
    """Parse the reply that a command printed.

    Raises:
        AdapterError: It is not exactly one JSON document, or violates the contract.
    """
    try:
        reply: Any = json.loads(output.decode())
        # JSON's grammar has halves of surrogate pairs, which are no text (RFC 8259, section 8.2).
        json.dumps(reply, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _malformed(output, operation, str(error)) from error
    if wrong := violations("reply", reply, operation.value):
        raise _malformed(output, operation, "; ".join(wrong))
    found: dict[str, Any] = reply
    return found


def _malformed(output: bytes, operation: Operation, reason: str) -> AdapterError:
    expected = {
        Operation.VALIDATE: '{"ready": true} or {"ready": false, "message": "..."}',
        Operation.REPORT: '{"returned": "..."}',
        Operation.SCAN: '{"exit_code": 0}',
    }[operation]
    printed = output.decode(errors="replace").strip()
    shown = f"{printed[:_SHOWN]} ..." if len(printed) > _SHOWN else printed
    end = "" if reason.endswith("?") else "."
    return AdapterError(
        f"the reply to {operation.value} is malformed: {reason}{end} Expected on standard output: "
        f"{expected} and nothing else. It printed: {shown or '(nothing)'}"
    )


def _as_text(value: Any) -> Any:
    """The JSON form of a value that has no JSON type (interpretation 10)."""
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case other:
            return str(other)
