"""Calls by hand: `call` and `serve`."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from running import COMMAND, REFERENCE_COMMAND, run_here

from s3_reporter_conformance.spec.gherkin import all_scenarios

MANIFEST = """
name = "mine"  # as we call it
adapter = "python:mutants:TimestampAsItIs"
"""


def test_a_call_is_shown_with_its_requests(tmp_path: Path) -> None:
    done = run_here("call", REFERENCE_COMMAND, "A-JSON-Report", folder=tmp_path)
    for words in (
        "\na-json-report: A JSON report, call 1\n",
        "  report request\n",
        '  report reply\n    {"returned": "s3://',
        "  S3 saw      2 requests\n",
    ):
        assert words in done.stdout
    assert re.search(
        r"PUT /reports\S+/scans/ash-report-\S+, \d+ B\n.* attempt 1 .* -> 200", done.stdout
    )
    assert "Content-Type: " not in done.stdout
    assert " characters)" in done.stdout
    assert done.returncode == 0


def test_a_rule_names_its_first_run(tmp_path: Path) -> None:
    first = next(each for each in all_scenarios() if each.rule == "ERR-02")
    done = run_here("call", REFERENCE_COMMAND, "err-02", "--whole", folder=tmp_path)
    assert f"\n{first.id}: {first.name}, call 1\n" in done.stdout
    assert "      Authorization: (hidden)\n" in done.stdout
    assert "      Content-Type: application/json\n" in done.stdout
    assert re.search(r"-> 503 \(injected: (SlowDown|ServiceUnavailable)", done.stdout)
    assert " characters)" not in done.stdout


def test_a_call_of_a_wrong_reporter_tells_what_is_wrong(tmp_path: Path) -> None:
    done = run_here("call", "python:reporters:Broken", "a-json-report", folder=tmp_path)
    assert "SEQ-01" in done.stdout
    assert done.returncode == 1


def test_what_is_served_is_there_for_any_program(tmp_path: Path) -> None:
    (tmp_path / "reporter.toml").write_text(f'name = "mine"\nadapter = "{REFERENCE_COMMAND}"\n')
    with subprocess.Popen(
        [*COMMAND, "serve", "ERR-02"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        lines = list(
            iter(process.stdout.readline, "Enter shows the requests that S3 saw, and ends it.\n")
        )
        [home] = [Path(line[12:].strip()) for line in lines if line.startswith("export HOME=")]
        validate, report = (line for line in lines if ".json)" in line)
        for line, reply in ((validate, '{"ready": true'), (report, '{"returned": "s3://')):
            done = subprocess.run(
                ["/bin/sh", "-c", line], capture_output=True, text=True, check=False
            )
            assert done.stdout.startswith(reply), done.stderr
        assert home.is_dir()
        saw, _ = process.communicate("\n")
    assert re.search(r" attempt 1 .*-> 503 \(injected: ", saw)
    assert saw.count("-> 200\n") == 2
    assert process.returncode == 0
    assert not home.exists()


@pytest.mark.parametrize("features", ["", "retry-options"])
def test_options_are_served_only_to_those_who_declare_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, features: str
) -> None:
    def end() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", end)
    (tmp_path / "reporter.toml").write_text(MANIFEST)
    done = run_here("serve", "ERR-02", "--features", features, folder=tmp_path)
    shown = json.loads(done.stdout[done.stdout.index("\n{\n") : done.stdout.rindex("\n}\n") + 2])
    assert shown["options"].get("base_delay") == (0.02 if features else None)
    assert 'café output"' in done.stdout
