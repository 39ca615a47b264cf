"""The verdict is the same in all surroundings of a run."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import REFERENCE_COMMAND
from surroundings import SURROUNDINGS, VARIABLES, Place, Trap

# Runs that depend on the environment, on the profiles, on the time zone, and on the disk.
ASKED = "CFG-04 or CFG-05 or CFG-06 or KEY-07 or LOC-03 or SEQ-04 or EXT-REGION-01"

CALLS_HOME = """
import socket
from s3_reporter_conformance.reference import S3Reporter

class Calls(S3Reporter):
    def validate(self):
        with socket.socket() as connection:
            connection.connect_ex(("192.0.2.1", 443))
        return super().validate()
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    trap = Trap()
    yield Place(tmp_path / "place", trap)
    trap.close()


def verify(place: Place, *asked: str) -> "subprocess.CompletedProcess[str]":
    if place.namespaces:
        expect_tools("unshare", *re.findall(r"\b(?:ip|mount|strace)\b", place.shell))
    report = str(place.root / "report.json")
    return subprocess.run(
        place.command("verify", *asked, "--seed", "same", "--report", report),
        cwd=place.folder,
        env={**os.environ, **place.environment},
        umask=place.umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def expect_tools(*names: str) -> None:
    """Skip where this machine has no such tools, or lets nobody use them; with CI set, fail."""
    lacks = [name for name in names if not shutil.which(name)]
    alone = ["unshare", "--map-root-user", "--mount", "--net", "true"]
    if not lacks and subprocess.run(alone, capture_output=True, check=False).returncode == 0:
        return
    reason = f"needs {', '.join(lacks)}" if lacks else "may not make namespaces"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def read(place: Place) -> dict[str, Any]:
    """The status, the facts, and the findings of each run."""
    report = json.loads((place.root / "report.json").read_text(encoding="utf-8"))
    parts = ("status", "problem", "facts", "observed", "paths", "kept", "findings")
    return {run["id"]: [run[part] for part in parts] for run in report["runs"]}


@pytest.mark.parametrize("reporter", ["reference", REFERENCE_COMMAND], ids=["python", "command"])
def test_the_verdict_is_the_same(tmp_path: Path, reporter: str) -> None:
    trap = Trap()
    calm = Place(tmp_path / "calm", trap)
    assert verify(calm, reporter, "-k", ASKED).returncode == 0
    for rows in (VARIABLES, *((row,) for row in SURROUNDINGS if row not in VARIABLES)):
        place = Place(tmp_path / rows[-1], trap)
        for row in rows:
            place.surround(row)
        done = verify(place, reporter, "-k", ASKED)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert read(place) == read(calm)
        assert not place.trace.exists()
    assert not trap.sprung
    trap.close()


def test_a_deleted_current_folder_is_refused_in_words(place: Place) -> None:
    place.shell = 'rmdir "$PWD"'
    done = verify(place, "reference")
    assert done.stderr == "Error: the current folder was deleted: change to one that exists\n"
    assert (done.returncode, done.stdout) == (4, "")


def test_a_full_disk_is_refused_before_the_run(place: Place) -> None:
    place.environment["TMPDIR"] = str(place.make("small"))
    place.mount(place.root / "small", "size=1m")
    done = verify(place, "reference", "-k", ASKED)
    assert "Error: temporary files cannot be written: [Errno 28] No space left" in done.stderr
    assert done.returncode == 4
    assert "conform" not in done.stdout.removeprefix("s3-reporter-conformance")


def sent_elsewhere(trace: Path) -> list[str]:
    """The attempts to reach another machine; there must be some to reach this one."""
    sent = [line for line in trace.read_text().splitlines() if "sa_family=AF_INET" in line]
    here = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
    assert any(here.search(line) for line in sent)
    return [line for line in sent if not here.search(line)]


def test_no_request_leaves_this_machine(place: Place) -> None:
    trace = place.cut_off()
    done = verify(place, "reference")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert sent_elsewhere(trace) == []
    # One that would leave it is seen.
    (place.folder / "mine.py").write_text(CALLS_HOME)
    verify(place, "python:mine:Calls", "-k", "neither-region-nor-bucket")
    assert "192.0.2.1" in "\n".join(sent_elsewhere(trace))
