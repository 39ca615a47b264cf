"""Runs a reporter that misbehaves in one run, beside another run in which it does not."""

import fcntl
import json
import shlex
import sys
import time
from contextlib import suppress
from pathlib import Path

from running import MUTANTS, run

from . import BROKEN, HELD, KINDS, PASSED

_RUNS = {
    "json": "a-json-report-of-common-values",
    "yaml": "a-yaml-report-of-common-values",
}
_PATH = shlex.quote(f"PYTHONPATH={MUTANTS['PYTHONPATH']}")
_REPORTERS = {
    "python": "python:misbehaving.reporter:{}",
    "command": f"command:env {_PATH} {shlex.quote(sys.executable)} -m misbehaving.reporter {{}}",
}
# In seconds; the long one for a program that starts on a busy machine.
_SHORT, _LONG = "20", "60"
# How long, in seconds, a process that was killed may take to vanish.
_FAREWELL = 10


def expect_unharmed(name: str, adapter: str, folder: Path) -> None:
    """Run a kind of misbehavior, and check the verdicts, and that nothing is left."""
    kind = KINDS[name]
    (folder / HELD).touch()
    temporary = folder / "temporary"
    temporary.mkdir()
    hangs = "did not finish" in kind.says
    done = run(
        *("verify", _REPORTERS[adapter].format(name), "-k", " or ".join(_RUNS.values())),
        *("-n", "0", "--report", "report.json", "--timeout", _SHORT if hangs else _LONG),
        folder=folder,
        environment={**MUTANTS, "TMPDIR": str(temporary)},
    )
    assert done.stderr == ""
    found = {each["id"]: each for each in json.loads((folder / "report.json").read_text())["runs"]}
    harmed = found.pop(_RUNS[kind.file_format])
    assert harmed["status"] == kind.statuses[adapter], done.stdout
    if harmed["status"] != PASSED:
        assert kind.says in str(harmed), harmed
    beside = {each["status"] for each in found.values()} - {"not-selected"}
    assert beside == {PASSED}, done.stdout
    # A rule that is broken may be a recommendation.
    assert done.returncode in ({3} if harmed["status"] == BROKEN else {0, 1})
    assert not is_held(folder / HELD)
    assert list(temporary.iterdir()) == []


def is_held(path: Path) -> bool:
    """Whether a process still runs that a reporter left."""
    deadline = time.monotonic() + _FAREWELL
    with path.open("rb+") as file:
        while time.monotonic() < deadline:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return False
            time.sleep(0.05)
    return True
