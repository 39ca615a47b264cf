"""What did not pass the last time, so that it can be run first again.

Kept in the current folder, where pytest keeps the like, apart for each reporter.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..spec.gherkin import all_requirements
from .status import Status
from .verdict import Verdict

_FOLDER = Path(".s3-reporter-conformance")
_FILE = _FOLDER / "last-failed.json"


class LastFailed:
    """What did not pass of one reporter."""

    def __init__(self, reporter: str) -> None:
        """Take how the command line names the reporter."""
        self._reporter = reporter

    def read(self) -> Sequence[str]:
        """The ids of the requirements that did not pass; none if that is not known."""
        known = {requirement.id for requirement in all_requirements()}
        listed = _read().get(self._reporter, [])
        return [name for name in listed if name in known] if isinstance(listed, list) else []

    def write(self, verdict: Verdict) -> None:
        """Remember what did not pass; of what was not run now, what became of it before.

        A folder that cannot be written to is left alone: this is a convenience, no result.
        """
        before = self.read()
        failed = [
            requirement.id
            for requirement, result in verdict.results
            if result.status.failed or (requirement.id in before and _unasked(result.status))
        ]
        if failed == before:
            return
        try:
            _FOLDER.mkdir(exist_ok=True)
            (_FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
            _FILE.write_text(json.dumps({**_read(), self._reporter: failed}), encoding="utf-8")
        except OSError:
            return


def _unasked(status: Status) -> bool:
    return not status.ran and not status.settled


def _read() -> dict[str, Any]:
    try:
        found: Any = json.loads(_FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
