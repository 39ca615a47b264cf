"""Calls by hand: `call` and `serve`."""

import json
import re
import subprocess
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from shlex import quote

import pytest
from running import COMMAND, REFERENCE_COMMAND, run_here

from s3_reporter_conformance.adapters.fork_server import ForkServer
from s3_reporter_conformance.spec.gherkin import all_scenarios


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
        r"PUT /reports\S+/scans/ash-report-\S+, \d+ B\n *attempt 1 .* -> 200", done.stdout
    )
    assert "Content-Type: " not in done.stdout
    assert " characters)" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("asked", [("smoke",), ("call", "a-json-report")], ids=" ".join)
def test_an_interrupted_call_says_nothing_of_the_reporter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ForkServer, "run_process", interrupt)
    command, *run = asked
    done = run_here(command, REFERENCE_COMMAND, *run, folder=tmp_path)
    assert done.stdout.endswith("interrupted\n")
    assert "works" not in done.stdout
    assert "keeps" not in done.stdout
    assert (done.returncode, done.stderr) == (130, "")


def test_a_rule_names_its_first_run(tmp_path: Path) -> None:
    first = next(each for each in all_scenarios() if each.rule == "ERR-02")
    done = run_here("call", REFERENCE_COMMAND, "err-02", "--whole", folder=tmp_path)
    assert f"The first run of ERR-02 is {first.id}.\n" in done.stdout
    assert f"\n{first.id}: {first.name}, call 1\n" in done.stdout
    assert "      Authorization: (hidden)\n" in done.stdout
    assert "      Content-Type: application/json\n" in done.stdout
    assert re.search(r"-> 503 \(injected: (SlowDown|ServiceUnavailable)", done.stdout)
    assert " characters)" not in done.stdout


def test_a_rule_without_a_run_says_which_one_is_made(tmp_path: Path) -> None:
    first = next(each for each in all_scenarios() if each.area == "object_naming")
    done = run_here("call", REFERENCE_COMMAND, "KEY-03", folder=tmp_path)
    words = f"No run stands under KEY-03: this is {first.id}, the first one of its file.\n"
    assert done.stdout.startswith(words)


def test_each_call_that_is_served_is_judged(tmp_path: Path) -> None:
    program = f"{REFERENCE_COMMAND} # café"
    (tmp_path / "reporter.toml").write_text(f'name = "mine"\nadapter = "{program}"\n')
    with (
        subprocess.Popen(
            [*COMMAND, "serve", "ERR-02"],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
        ExitStack() as stack,
    ):
        stack.callback(process.kill)
        assert process.stdin
        output = process.stdout
        assert output

        def told(until: str) -> str:
            lines = iter(output.readline, "")
            return "".join(takewhile(lambda line: until not in line, lines))

        instructions = told("Ready for a call.")
        [script] = re.findall(r"^  (sh .*call\.sh)$", instructions, re.MULTILINE)
        [home] = re.findall(r"^export HOME=(.*)$", instructions, re.MULTILINE)
        for _ in range(2):
            done = subprocess.run(
                ["/bin/sh", "-c", script], capture_output=True, text=True, check=False
            )
            assert re.match(r'{"ready": true.*\s+{"returned": "s3://', done.stdout), done.stderr
            saw = told("Ready for a call.")
            assert re.search(r"attempt 1 .*-> 503 \(injected: .*\nattempt 2 .*-> 200\n", saw)
            assert "\nkeeps ARC-01, " in saw
            assert "breaks" not in saw
        for wrong, words in {
            'grep -q validate && echo \'{"ready": true}\' || echo \'{"returned": "no"}\'': (
                "breaks SEQ-01"
            ),
            "echo nothing": "the reply to validate is malformed: ",
            "exit 3": "the program ended with exit code 3",
        }.items():
            subprocess.run(["/bin/sh", "-c", f"PROGRAM={quote(wrong)} {script}"], check=True)
            assert words in told("Ready for a call."), wrong
        process.stdin.write("\n")
        process.stdin.flush()
        assert "call.sh did not run" in told("Ready for a call.")
        process.terminate()
        assert process.wait() == 0
    assert not Path(home).exists()


def test_only_programs_are_served(tmp_path: Path) -> None:
    (tmp_path / "reporter.toml").write_text('name = "mine"\nadapter = "python:mutants:NoSlash"\n')
    done = run_here("serve", "ERR-02", folder=tmp_path)
    assert "serve is for a program (command:), and mine is python:" in done.stderr
    assert "verify reporter.toml -k throttled-once-then-successful --in-process" in done.stderr
    assert done.returncode == 4


@pytest.mark.parametrize("features", ["", "retry-options"])
def test_options_are_served_only_to_those_who_declare_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, features: str
) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("s3_reporter_conformance.runner.serving.select", end)
    done = run_here("serve", "ERR-02", "--features", features, folder=tmp_path)
    shown = json.loads(done.stdout[done.stdout.index("\n{\n") : done.stdout.rindex("\n}\n") + 2])
    assert shown["options"].get("base_delay") == (0.02 if features else None)
    assert 'café output"' in done.stdout
    assert "PROGRAM='…' sh " in done.stdout
