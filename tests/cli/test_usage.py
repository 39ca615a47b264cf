"""The exit codes of the command line, and its messages about wrong usage."""

from pathlib import Path

import pytest
from running import run_here


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["python:nosuch:Thing"], 3, "No module named 'nosuch'"),
        (["command:./no"], 3, "The run ended early: adapter error: the command ./no cannot be run"),
        (["python:reporters:Raises", "-k", "CFG-03"], 3, "raised RuntimeError: no luck"),
        (["python:reporters:Exits", "-k", "SEQ-01"], 3, "exited with code 3 while"),
        (["command:false"], 3, "3 runs in a row broke alike, so the others are not made"),
        (["python:reporters:Sleeps", "--timeout", "0.3"], 3, "did not finish within 0.3 s"),
        (["python:reporters:RaisesInReport", "-k", "SEQ-01"], 1, "raised KeyError: 'bucket'"),
        (["python:reporters:Broken", "-k", "a-json-report"], 1, "Does not conform: it breaks SEQ"),
        (
            ["python:reporters:FalseAlarm", "-k", "a-json-report"],
            0,
            "Recommendations that are not met",
        ),
        (["python:reporters:FalseAlarm", "-k", "a-json-report", "--strict"], 1, "Does not conform"),
        (["-k", "KEY-01 and CFG-01"], 5, "The options together select no run."),
        (["-k", "a-json-report"], 0, "Partial: the rules that were judged hold"),
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
        (["command:true", "--in-process"], "--in-process is for python:, not for command:"),
        (["--update-known-deviations"], "needs --known-deviations FILE"),
        (["--backend", "floppy"], "unknown backend 'floppy': expected moto"),
        (["--features", "preflite"], "there is no feature preflite: did you mean preflight?"),
        (["--timeout", "0"], "--timeout is 0; expected seconds, more than 0"),
        (["--max-retries", "0"], "--max-retries is 0; expected 1 to 1000"),
        (["--report", "nosuch/report.json"], "nosuch/report.json cannot be written: No such"),
        (["--html", "/dev/null/site"], "/dev/null/site cannot be written: Not a directory"),
        (["--report", "a", "--junitxml", "./a"], "--report and --junitxml both name a: give each"),
        (["reference", "--report", "reference"], "--report and REPORTER both name reference: give"),
        (["-k", "(KEY"], "-k '(KEY' cannot be understood: expected right parenthesis"),
        (
            ["-m", "drawn and"],
            "-m 'drawn and' cannot be understood: expected not OR left parenthesis",
        ),
        (["-m", "eror_handling"], "there is no mark eror_handling: did you mean error_handling?"),
        (["-k", "KEY-03,KEY-04"], "put or between names, as in 'KEY-03 or KEY-04'"),
        (["-k", "not key-99"], "-k: there is no rule key-99: did you mean KEY-0"),
        (["-k", "KEY-01 or a-yaml-reprt"], "no run a-yaml-reprt: did you mean a-yaml-report"),
        (
            ["-k", "retry-options"],
            "-k: there is no run retry-options: did you mean -m retry_options?",
        ),
        (["-k", "(" * 5000], "(' cannot be understood: "),
        (["--timeout", "nan"], "--timeout is nan; expected seconds"),
        (["--report", ""], "the name of the file is empty"),
        (["--report", "-"], "'-' is no stream here: name /dev/stdin or /dev/stdout"),
        (["--html", "/dev/full"], "/dev/full cannot be written: it is not a folder"),
        (["--backend", "http://127.0.0.1:99999"], "is not a valid endpoint: Port out of range"),
        (["--level", "frob"], "'frob' is not one of 'core', 'recommended', 'extended'"),
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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["explain", "fmt3"], "there is no rule, feature, or run fmt3: did you mean FMT-03?"),
        (["call", "reference", "access-denied"], "did you mean access-denied-and-"),
        (["explain", "preflite"], "feature, or run preflite: did you mean preflight?"),
        (["explain"], "Missing argument 'ID'"),
        (["verfy"], "Did you mean 'verify'?"),
        ([], "Usage: "),
        (["init", "--adapter", ""], "--adapter '' is not a valid reporter"),
        (["init", "--name", ""], "--name is ''; expected one line with a name"),
        (["init", "--name", "reference"], "with a name, other than 'reference'"),
        (["init", ""], "the name of the file is empty"),
        (["call", "reference", "KEY-99"], "there is no run KEY-99: did you mean KEY-0"),
        (["call", "python:reporters:Broken", "EXT-NAME-01"], "add --features local-name"),
        (["serve", "KEY-99"], "there is no run KEY-99"),
    ],
)
def test_asking_for_what_there_is_not_is_a_usage_error(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = run_here(*arguments, folder=tmp_path)
    assert words in done.stderr
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_reporter_the_manifest_of_the_folder_is_verified(tmp_path: Path) -> None:
    reference = run_here("verify", "-k", "CFG-03", folder=tmp_path)
    assert "there is no reporter.toml: this is the reference" in reference.stdout
    assert "\nreporter  reference " in reference.stdout
    assert "both calls went as expected" in run_here("smoke", folder=tmp_path).stdout
    run_here("init", "--name", "mine", "--adapter", "python:reporters:Broken", folder=tmp_path)
    mine = run_here("verify", "-k", "a-json-report", folder=tmp_path)
    assert "this is reporter.toml in the current folder" in mine.stdout
    assert "\nreporter  mine\n" in mine.stdout
    assert mine.returncode == 1
