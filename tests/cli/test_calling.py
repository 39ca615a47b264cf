"""Calls by hand: `call` and `serve`."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
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


def test_a_call_that_is_kept_can_be_looked_into_and_repeated(tmp_path: Path) -> None:
    asked = ("call", REFERENCE_COMMAND, "a-json-report")
    done = run_here(*asked, "--keep", folder=tmp_path)
    [folder] = [Path(found) for found in re.findall(r"kept in +(\S+)\n", done.stdout)]
    sent = json.loads((folder / "scratch" / "2-report-1-request").read_text())
    assert sent["operation"] == "report"
    assert (folder / "home" / ".aws" / "credentials").exists()
    [seed] = re.findall(r"call \S.* a-json-report --seed=(\w+)\n", done.stdout)
    again = run_here(*asked, "--seed", seed, folder=tmp_path)
    names = re.compile(r"bucket_name = '([^']+)'")
    assert names.findall(again.stdout) == names.findall(done.stdout)


def test_a_call_of_a_wrong_reporter_tells_what_is_wrong(tmp_path: Path) -> None:
    done = run_here("call", "python:reporters:Broken", "a-json-report", folder=tmp_path)
    assert "SEQ-01" in done.stdout
    assert done.returncode == 1


@pytest.fixture
def serving(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A situation that is served: the first of ERR-02."""
    with subprocess.Popen(
        [*COMMAND, "serve", "ERR-02"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def instructions(process: "subprocess.Popen[str]") -> list[str]:
    assert process.stdout
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.strip())
        if "Ctrl-C ends it" in line:
            return lines
    raise AssertionError(lines)


def test_what_is_served_is_there_for_any_program(
    serving: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    program = REFERENCE_COMMAND.partition(":")[2]
    validate, report = (line for line in instructions(serving) if "YOUR-PROGRAM" in line)
    for line, reply in ((validate, '{"ready": true'), (report, '{"returned": "s3://')):
        shell = ["bash", "-c", line.replace("YOUR-PROGRAM", program)]
        # The checkout is no place to run it: Python would take its folders for the package.
        done = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stdout.startswith(reply), done.stderr
    assert serving.stdin
    serving.stdin.write("\n")
    serving.stdin.flush()
    anew = instructions(serving)
    attempts = [line for line in anew if " attempt " in line]
    assert sum(attempt.endswith("-> 200") for attempt in attempts) == 1
    assert any("-> 503 (injected: " in attempt for attempt in attempts)
    [home] = [Path(line[12:]) for line in anew if line.startswith("export HOME=")]
    assert home.is_dir()
    serving.send_signal(signal.SIGINT)
    assert serving.wait(60) == 0
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
