"""The runs that did not pass the last time, so that they can be run first again.

Kept in the current folder, where pytest keeps the like, apart for each reporter.
"""

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from ..disk.kept_folder import FOLDER, make_folder
from .circumstances import simplest
from .status import Status
from .verdict import Verdict

_FILE = FOLDER / "last-failed.json"
_NOT_RUN = {Status.NOT_SELECTED, Status.NOT_RUN}


def last_failed(reporter: str) -> Sequence[str]:
    """The ids of the runs of a reporter that did not pass; none if that is not known."""
    return _read().get(reporter, [])


def remember_failed(reporter: str, verdict: Verdict) -> None:
    """Remember the runs that did not pass, and those that did not before and were not run now.

    A folder that cannot be written to is left alone: this is a convenience, no result.
    """
    before = last_failed(reporter)
    broken = {rule.id for rule in verdict.rules if rule.status is Status.FAILED}
    # Without a drawn run that keeps it, a rule would count in full.
    demoted = {r.id for r in verdict.rules if r.id in broken and r.binding is not r.level}
    keeping = {
        simplest([run for run in verdict.runs if rule in run.kept], verdict.runs).id
        for rule in demoted
    }
    failed = [
        run.id
        for run in verdict.runs
        if run.status is Status.ADAPTER_ERROR
        or any(finding.rule in broken for finding in run.findings)
        or (run.id in before and run.status in _NOT_RUN)
        or run.id in keeping
    ]
    if failed != before:
        with suppress(OSError):
            make_folder()
            _FILE.write_bytes(msgspec.json.encode({**_read(), reporter: failed}))


def _read() -> dict[str, list[str]]:
    with suppress(OSError, ValueError, RecursionError):
        return msgspec.json.decode(_FILE.read_bytes(), type=dict[str, list[str]])
    return {}
