"""The runs that did not pass the last time, so that they can be run first again.

Kept in the current folder, where pytest keeps the like, apart for each reporter.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..spec.gherkin import all_scenarios
from .runs import RunResult
from .status import Status
from .verdict import Verdict

_FOLDER = Path(".s3-reporter-conformance")
_FILE = _FOLDER / "last-failed.json"


class LastFailed:
    """The runs of one reporter that did not pass."""

    def __init__(self, reporter: str) -> None:
        """Take how the command line names the reporter."""
        self._reporter = reporter

    def read(self) -> Sequence[str]:
        """The ids of the runs that did not pass; none if that is not known."""
        known = {scenario.id for scenario in all_scenarios()}
        listed = _read().get(self._reporter, [])
        return [name for name in listed if name in known] if isinstance(listed, list) else []

    def write(self, verdict: Verdict) -> None:
        """Remember the runs that did not pass, and those that did not before and were not run now.

        A folder that cannot be written to is left alone: this is a convenience, no result.
        """
        before = self.read()
        broken = {rule.id for rule in verdict.rules if rule.status is Status.FAILED}
        failed = [
            run.id
            for run in verdict.runs
            if _did_not_pass(run, broken) or (run.id in before and _was_not_run(run))
        ]
        if failed == before:
            return
        try:
            _FOLDER.mkdir(exist_ok=True)
            (_FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
            _FILE.write_text(json.dumps({**_read(), self._reporter: failed}), encoding="utf-8")
        except OSError:
            return


def _did_not_pass(run: RunResult, broken: set[str]) -> bool:
    """Whether a run tells more than known deviations."""
    if run.status is Status.ADAPTER_ERROR:
        return True
    return any(finding.rule in broken for finding in run.findings)


def _was_not_run(run: RunResult) -> bool:
    return run.status in {Status.NOT_SELECTED, Status.NOT_RUN, Status.NOT_INSTALLED}


def _read() -> dict[str, Any]:
    try:
        found: Any = json.loads(_FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
