"""The commands that run a reporter, and what they print."""

import json
import re
import shlex
from pathlib import Path

from running import MUTANTS, REFERENCE_COMMAND, run_here
from terminal import run_in_terminal, screen


def test_a_wrong_content_type_is_told_with_what_was_seen(tmp_path: Path) -> None:
    done = run_here(
        *(
            "verify",
            "python:mutants.documents:JsonAsText",
            "-k",
            "FMT-03 or FMT-07",
            "--report",
            "report.json",
        ),
        folder=tmp_path,
    )
    assert done.returncode == 1
    assert "Does not conform: failed FMT-03\n" in done.stdout
    for words in (
        'Then the object\'s content type is "application/json" expected content type',
        "expected content type application/json seen content type text/plain requests 0.",
        " HEAD /reports -> 200 ",
        " PUT /reports/",
        " attempt 1 -> 200 ",
        " returned s3://reports/scans/",
    ):
        assert words in " ".join(done.stdout.split())
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["conformant"] is False
    failed = next(entry for entry in report["requirements"] if entry["id"] == "FMT-03")
    assert (failed["status"], failed["level"], failed["feature"]) == ("failed", "core", None)
    assert failed["path"] == "json"
    assert "content type text/plain" in failed["message"]


def test_quiet_tells_only_what_is_wrong(tmp_path: Path) -> None:
    asked = ("-k", "CFG-01 or CFG-09 or FMT-03", "--quiet")
    right = run_here("verify", *asked, folder=tmp_path)
    assert "pass" not in right.stdout.partition("Summary")[0]
    assert "Partial: what ran passed" in right.stdout
    wrong = run_here("verify", "python:reporters:Broken", *asked, folder=tmp_path)
    assert "FAIL  CFG-09" in wrong.stdout


def test_what_is_not_claimed_is_told_by_verbose_alone(tmp_path: Path) -> None:
    asked = ("verify", "python:reporters:Broken", "-k", "CFG-01 or HADOOP")
    short = run_here(*asked, folder=tmp_path)
    assert "EXT-HADOOP-01" not in short.stdout.partition("Summary")[0]
    assert "1/1 " in short.stdout
    assert " 2 not claimed," in short.stdout
    long = run_here(*asked, "--verbose", folder=tmp_path)
    assert re.search(r"\d/3 -     EXT-HADOOP-01 ", long.stdout)


def test_the_slowest_requirements_are_named(tmp_path: Path) -> None:
    done = run_here("verify", "-k", "KEY-03 or KEY-08", "--durations", "1", folder=tmp_path)
    _, _, told = done.stdout.partition("Slowest requirements\n")
    assert re.match(r" +\d+\.\d\d s, .* in the reporter's last calls: KEY-0[38]  .*\n\n", told)
    assert re.search(r"  took \d+\.\d s", told)


def test_what_takes_long_to_load_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(
        "import time\ntime.sleep(12)\nfrom reporters import Broken as Slow\n"
    )
    sent = run_in_terminal(
        *("verify", "python:slow:Slow", "-k", "CFG-01", "--no-color"),
        folder=tmp_path,
        environment=MUTANTS,
        columns=60,
        exit_code=1,
    )
    assert b"\r0 of 1 requirements, 00:00 so far" in sent
    lines = screen(sent)
    assert "waiting for the reporter to be loaded ..." in lines
    assert any(line.startswith("1/1 FAIL  CFG-01  ") for line in lines)
    assert not [line for line in lines if "so far" in line]


def test_a_program_that_cannot_be_started_was_asked_nothing(tmp_path: Path) -> None:
    done = run_here("verify", "command:./nosuchprog", folder=tmp_path)
    assert done.returncode == 3
    _, _, summary = done.stdout.partition("Summary\n")
    assert "Nothing was asked: adapter error: the command ./nosuchprog cannot be run" in summary
    assert "requirements:" not in summary
    assert "No verdict: the reporter could not be asked about anything" in summary


def test_an_adapter_error_says_how_to_repeat_the_call(tmp_path: Path) -> None:
    reporter = "command:sh -c 'echo hm >&2; exit 2'"
    arguments = ("--features", "hadoop-safe-keys", "--max-retries", "2")
    done = run_here("verify", reporter, "-k", "EXT-HADOOP-01", *arguments, folder=tmp_path)
    assert done.returncode == 3
    line = next(line for line in done.stdout.splitlines() if line.startswith("      repeat"))
    words = shlex.split(line)[1:]
    assert words == [
        *("s3-reporter-conformance", "call", reporter, "EXT-HADOOP-01"),
        *("--features=hadoop-safe-keys", "--max-retries=2"),
    ]
    repeated = run_here(*words[1:], folder=tmp_path)
    assert '"contract": 1, "operation": "validate"' in repeated.stdout
    assert "validate stderr\n    hm\n" in repeated.stdout
    assert repeated.returncode == 3


def test_call_shows_what_went_to_and_fro(tmp_path: Path) -> None:
    done = run_here("call", REFERENCE_COMMAND, "cfg-15", folder=tmp_path)
    assert "aws_region = ''" in done.stdout
    assert "AWS_REGION=ap-southeast-2" in done.stdout
    assert '"returned": "s3://reports-' in done.stdout
    assert "1/1 pass  CFG-15" in done.stdout
    assert done.returncode == 0
    assert run_here("call", "reference", "KEY-99", folder=tmp_path).returncode == 4
    unclaimed = run_here("call", "python:reporters:Broken", "EXT-NAME-01", folder=tmp_path)
    assert "does not declare local-name; add --features local-name" in unclaimed.stderr
    assert unclaimed.returncode == 4


def test_smoke_tells_a_broken_adapter_from_a_wrong_reporter(tmp_path: Path) -> None:
    right = run_here("smoke", REFERENCE_COMMAND, folder=tmp_path)
    assert '{"ready": false, "message": "set aws_region' in right.stdout
    assert '{"returned": "s3://reports-' in right.stdout
    assert right.stdout.count("-> as expected") == 2
    assert "The adapter works, and both calls went as expected." in right.stdout
    assert right.returncode == 0
    wrong = run_here("smoke", "python:reporters:Broken", folder=tmp_path)
    assert "-> unexpected: ready, although there is no region and no bucket" in wrong.stdout
    assert "-> unexpected: no object in the bucket. It returned 'no'" in wrong.stdout
    assert "The adapter works, but the reporter does not conform." in wrong.stdout
    assert wrong.returncode == 1
    for reporter in ("command:false", "python:reporters:Raises", "python:nosuch:Thing"):
        broken = run_here("smoke", reporter, folder=tmp_path)
        assert "The adapter is broken, so there is no verdict on the reporter:" in broken.stdout
        assert (broken.returncode, broken.stderr) == (3, "")
