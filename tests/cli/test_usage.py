"""What the command line ends with, and what it says to what makes no sense."""

from pathlib import Path

import pytest
from running import run_here


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["python:nosuch:Thing"], 3, "No module named 'nosuch'"),
        (["python:reporters:Nothing"], 3, "has no attribute 'Nothing'"),
        (["python:reporters:Raises", "-k", "CFG-0"], 3, "raised RuntimeError: no luck"),
        (["python:reporters:Exits", "-k", "CFG-0"], 3, "exited with code 3 while"),
        (["python:reporters:Sleeps", "--timeout", "0.3"], 3, "did not finish within 0.3 s"),
        (["python:reporters:Sleeps", "--timeout", "0.3"], 3, "hung 3 times in a row"),
        (["python:reporters:RaisesInReport", "-k", "FMT-03"], 1, "raised KeyError: 'bucket'"),
        (["python:reporters:Broken", "-k", "FMT-03"], 1, "the reporter returned 'no'"),
        (["-k", "nothing"], 5, "nothing was run"),
        (["-k", "CFG-01"], 0, "Partial: what ran passed"),
    ],
)
def test_what_cannot_pass_is_told_in_words(
    tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    done = run_here("verify", *arguments, folder=tmp_path)
    assert words in " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (code, "")
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frob"], "'frob' is not a valid reporter: expected 'reference', 'python:"),
        (["python:broken"], "is not a valid reporter"),
        (["nosuch.toml"], "nosuch.toml cannot be read: No such file"),
        (["command:true", "--in-process"], "--in-process is for python: and ash:"),
        (["--update-known-deviations"], "needs --known-deviations FILE"),
        (["--known-deviations", "nosuch.toml"], "nosuch.toml cannot be read: No such file"),
        (["--backend", "floppy"], "unknown backend 'floppy': expected moto"),
        (["--features", "retry-options,frob"], "unknown feature frob: there are"),
        (["--timeout", "0"], "not in the range"),
        (["--report", "nosuch/report.json"], "nosuch/report.json cannot be written: No such"),
        (["-k", "(("], "the selection cannot be understood"),
        (["-m", "(("], "the selection cannot be understood"),
        (["--level", "frob"], "'frob' is not one of 'core', 'extended'"),
        (["--frob"], "No such option"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = run_here("verify", *arguments, folder=tmp_path)
    assert words in done.stderr
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_no_command_is_a_usage_error(tmp_path: Path) -> None:
    assert run_here(folder=tmp_path).returncode == 4
    assert run_here("frob", folder=tmp_path).returncode == 4


@pytest.mark.parametrize(
    "arguments",
    [["explain", "KEY-99"], ["explain"], ["list", "--diagram", "x"], ["list", "--feature", "x"]],
)
def test_asking_for_what_there_is_not_is_a_usage_error(
    tmp_path: Path, arguments: list[str]
) -> None:
    done = run_here(*arguments, folder=tmp_path)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
