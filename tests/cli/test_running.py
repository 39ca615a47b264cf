"""The commands that run a reporter, and their output."""

import re
import shlex
from pathlib import Path

from running import REFERENCE_COMMAND, run_here

from s3_reporter_conformance.spec.gherkin import rule_called


def test_a_broken_rule_is_told_with_its_evidence(tmp_path: Path) -> None:
    asked = ("verify", "python:mutants:JsonAsText", "-k", "a-json-report")
    done = run_here(*asked, folder=tmp_path)
    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    for words in (
        f"FAIL FMT-02 {rule_called('FMT-02').name}",
        "expected content type application/json seen content type text/plain",
        " HEAD /reports -> 200 ",
        " PUT /reports/",
        " returned s3://reports/scans/",
        "s3-reporter-conformance verify python:mutants:JsonAsText -k a-json-report",
        "Does not conform: it breaks FMT-02",
    ):
        assert words in said


def test_an_adapter_error_says_how_to_look_into_the_call(tmp_path: Path) -> None:
    reporter = "command:sh -c 'echo hm >&2; exit 2'"
    arguments = ("--features", "hadoop-safe-keys", "--max-retries", "2")
    done = run_here("verify", reporter, "-k", "a-json-report", *arguments, folder=tmp_path)
    assert done.returncode == 3
    [line] = [line for line in done.stdout.splitlines() if line.startswith("    see ")]
    words = shlex.split(line)[1:]
    assert words == [
        *("s3-reporter-conformance", "call", reporter, "a-json-report"),
        *("--features=hadoop-safe-keys", "--max-retries=2"),
    ]
    repeated = run_here(*words[1:], folder=tmp_path)
    assert '"contract": 1, "operation": "validate"' in repeated.stdout
    assert "validate stderr\n    hm\n" in repeated.stdout
    assert repeated.returncode == 3


def test_smoke_tells_a_broken_adapter_from_a_wrong_reporter(tmp_path: Path) -> None:
    right = run_here("smoke", REFERENCE_COMMAND, folder=tmp_path)
    assert '{"ready": false, "message": "set aws_region' in right.stdout
    assert '{"returned": "s3://reports-' in right.stdout
    assert "The adapter works, and both calls went as expected." in right.stdout
    assert right.returncode == 0
    wrong = run_here("smoke", "python:reporters:Broken", folder=tmp_path)
    assert re.search(
        r"FAIL  CFG-02 .*\n(.*\n)*? +expected +validate answers: not ready\n", wrong.stdout
    )
    assert "FAIL  SEQ-01 " in wrong.stdout
    assert '    {"outcome": {"ready": true, "returned": "no"}}\n' in wrong.stdout
    assert "The adapter works, but the reporter does not conform." in wrong.stdout
    assert wrong.returncode == 1
    for reporter in ("command:false", "python:reporters:Raises", "python:nosuch:Thing"):
        broken = run_here("smoke", reporter, folder=tmp_path)
        assert "The adapter is broken, so there is no verdict" in broken.stdout
        assert (broken.returncode, broken.stderr) == (3, "")
    nobody = run_here("smoke", "--backend", "http://127.0.0.1:9", folder=tmp_path)
    assert "The backend is broken, so there is no verdict" in nobody.stdout
