"""The gate is red whenever something became worse, and green otherwise."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from s3_reporter_conformance.errors import UsageError
from s3_reporter_conformance.gate import judge


def report(version: str = "0.1.0", **statuses: str) -> dict[str, Any]:
    """A conformance report with some statuses, the ids written with `_`."""
    return {
        "schema_version": 1,
        "suite": {"name": "s3-reporter-conformance", "version": version},
        "reporter": {"name": "mine", "version": ""},
        "backend": "moto 5",
        "requirements": [
            {"id": name.replace("_", "-"), "name": name, "status": status}
            for name, status in statuses.items()
        ],
    }


BASELINE = report(KEY_01="passed", KEY_02="failed", KEY_03="known-deviation", EXT_NAME_01="passed")


@pytest.mark.parametrize(
    ("current", "red", "better"),
    [
        (BASELINE, [], []),
        (
            report(KEY_01="passed", KEY_02="passed", KEY_03="passed", EXT_NAME_01="passed"),
            [],
            [
                "KEY-02 passes now; it was failed before",
                "KEY-03 passes now; it was known-deviation before",
            ],
        ),
        (
            report(KEY_01="failed", KEY_02="failed", KEY_03="failed", EXT_NAME_01="passed"),
            ["KEY-01 passed before and is failed now"],
            [],
        ),
        (
            report(KEY_01="passed", KEY_02="failed", KEY_03="failed", EXT_NAME_01="not-claimed"),
            [
                "EXT-NAME-01 passed before and is not-claimed now",
                "fewer requirements ran than before: 3 instead of 4",
            ],
            [],
        ),
        (
            report(KEY_01="passed", KEY_02="not-run", KEY_03="failed", EXT_NAME_01="passed"),
            ["fewer requirements ran than before: 3 instead of 4"],
            [],
        ),
        (
            report(
                "0.2.0", KEY_01="passed", KEY_03="failed", EXT_NAME_01="passed", NEW_01="failed"
            ),
            ["KEY-02 is gone: the suite of this report, version 0.2.0, does not have it"],
            [],
        ),
        (
            report(
                KEY_01="adapter-error",
                KEY_02="adapter-error",
                KEY_03="adapter-error",
                EXT_NAME_01="adapter-error",
            ),
            [
                "KEY-01 passed before and is adapter-error now",
                "EXT-NAME-01 passed before and is adapter-error now",
                "fewer requirements ran than before: 0 instead of 4",
            ],
            [],
        ),
        (
            report(
                KEY_01="passed",
                KEY_02="failed",
                KEY_03="failed",
                EXT_NAME_01="passed",
                NEW_01="passed",
            ),
            [],
            ["NEW-01 passes now; it was not there before"],
        ),
    ],
)
def test_what_the_gate_says(current: dict[str, Any], red: list[str], better: list[str]) -> None:
    gate = judge(BASELINE, current)
    assert (list(gate.regressions), list(gate.improvements)) == (red, better)


def test_a_baseline_that_guards_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="there is nothing to guard"):
        judge(report(KEY_01="failed"), BASELINE)
    with pytest.raises(UsageError, match="there is nothing to guard"):
        judge(report(), BASELINE)


def run(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "s3_reporter_conformance", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_the_gate_from_outside(tmp_path: Path) -> None:
    selected = ("verify", "-k", "KEY-03 or KEY-04", "--report")
    run(*selected, "base.json", folder=tmp_path)
    run(*selected, "same.json", folder=tmp_path)
    run("verify", "-k", "KEY-04", "--report", "less.json", folder=tmp_path)
    green = run("gate", "same.json", "--baseline", "base.json", folder=tmp_path)
    assert "baseline  reference 0.1.0 on moto" in green.stdout
    assert "Green: as good as the baseline, and better in 0 ways" in green.stdout
    assert green.returncode == 0
    red = run("gate", "less.json", "--baseline", "base.json", folder=tmp_path)
    assert "  KEY-03 passed before and is not-selected now\n" in red.stdout
    assert "Red: worse than the baseline in 2 ways" in red.stdout
    assert red.returncode == 1


@pytest.mark.parametrize("text", ["", "{}", json.dumps(report(KEY_01="failed"))])
def test_no_baseline_is_no_pass(tmp_path: Path, text: str) -> None:
    (tmp_path / "now.json").write_text(json.dumps(BASELINE))
    (tmp_path / "base.json").write_text(text)
    for arguments in (
        ["now.json", "--baseline", "base.json"],
        ["now.json", "--baseline", "nosuch.json"],
        ["nosuch.json", "--baseline", "now.json"],
        ["now.json"],
    ):
        done = run("gate", *arguments, folder=tmp_path)
        assert (done.returncode, done.stdout.count("Green")) == (4, 0)
        assert "Traceback" not in done.stderr
