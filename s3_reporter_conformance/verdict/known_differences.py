"""The known differences of backends from moto, each with a reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from ..disk.documents import read_toml
from ..spec.rules import Rule
from ..words.names import unknown
from .report import Report
from .status import Status

_SCHEMA = "known-differences"
_STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True)
class KnownDifference:
    """One rule on which the verdict on a backend is known to differ from that on moto.

    Attributes:
        backend: The name of the backend, without a version.
        rule: The id of the rule.
        status: The status of the rule there.
        reason: Why.
    """

    backend: str
    rule: str
    status: Status
    reason: str

    def is_about(self, report: Report) -> bool:
        """Whether a report is of this backend."""
        return report.backend_name == self.backend


def read_known_differences(path: Path | None, rules: Iterable[Rule]) -> tuple[KnownDifference, ...]:
    """Read a file of known differences.

    Args:
        path: The file; `None` for the suite's own.
        rules: The rules of the suite.

    Raises:
        UsageError: It cannot be read, violates its schema, or lists a rule that does not exist
            or is listed twice.
    """
    known = {rule.id for rule in rules}
    own = resources.files("s3_reporter_conformance.docs") / "known-differences.toml"
    with resources.as_file(own) as file:
        document = read_toml(path or file, _SCHEMA, lambda found: _wrong_in(found, known))
    return tuple(
        KnownDifference(entry["backend"], name, _STATUSES[entry["status"]], entry["reason"])
        for entry in document.get("difference", ())
        for name in entry["rules"]
    )


def _wrong_in(document: Mapping[str, Any], known: Iterable[str]) -> Iterator[str]:
    """The mistakes that a schema cannot describe."""
    listed: set[tuple[str, str]] = set()
    for backend, name in _named(document):
        if name not in known:
            yield str(unknown("rule", name, known, backend))
        if (backend, name) in listed:
            yield f"{backend}: {name} is listed twice"
        listed.add((backend, name))


def _named(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The pairs of backend and rule, as far as the document has the right form."""
    entries = document.get("difference")
    for entry in entries if isinstance(entries, list) else ():
        match entry:
            case {"backend": str(backend), "rules": list(names)}:
                yield from ((backend, name) for name in names if isinstance(name, str))
