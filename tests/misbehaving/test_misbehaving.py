"""Every kind of misbehavior, with each adapter: the verdict on its run, and on one beside it."""

import fcntl
import json
import resource
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from running import MUTANTS, run

from misbehaving.kinds import BROKEN, HELD, KINDS, PASSED

_RUNS = {"json": "a-json-report", "yaml": "a-yaml-report"}
_PATH = shlex.quote(f"PYTHONPATH={MUTANTS['PYTHONPATH']}")
_REPORTERS = {
    "python": "python:misbehaving.reporter:{}",
    "command": f"command:env {_PATH} {shlex.quote(sys.executable)} -m misbehaving.reporter {{}}",
}
# What the suite may take, in bytes: more than the largest bodies and files that it looks at.
_MEMORY = 4 << 30


@pytest.fixture(scope="module", autouse=True)
def _limited_memory() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_DATA, before)


@pytest.mark.parametrize("adapter", ["python", "command"])
@pytest.mark.parametrize("name", KINDS)
def test_its_run_has_the_status_that_it_deserves(name: str, adapter: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    (tmp_path / HELD).touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # The long one for a program that starts on a busy machine.
    seconds = "20" if "did not finish" in kind.says else "60"
    done = run(
        *("verify", _REPORTERS[adapter].format(name), "-k", " or ".join(_RUNS.values())),
        *("-n", "0", "--report", "report.json", "--timeout", seconds),
        folder=tmp_path,
        environment={**MUTANTS, "TMPDIR": str(temporary)},
    )
    assert done.stderr == ""
    runs = json.loads((tmp_path / "report.json").read_text())["runs"]
    found = {each["id"]: each for each in runs}
    harmed = found.pop(_RUNS[kind.file_format])
    assert harmed["status"] == kind.statuses[adapter], done.stdout
    if harmed["status"] != PASSED:
        assert kind.says in str(harmed), harmed
    beside = {each["status"] for each in found.values()} - {"not-selected"}
    assert beside == {PASSED}, done.stdout
    # A rule that is broken may be a recommendation.
    assert done.returncode in ({3} if harmed["status"] == BROKEN else {0, 1})
    assert not _is_held(tmp_path / HELD, patience=60)
    assert list(temporary.iterdir()) == []


def _is_held(path: Path, patience: float) -> bool:
    """Whether a process still runs that a reporter left, after some seconds."""
    deadline = time.monotonic() + patience
    with path.open("rb+") as file:
        while time.monotonic() < deadline:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return False
            time.sleep(0.05)
    return True
