"""Behind an endpoint that is slow, busy, or late, the verdict is right, or there is none."""

from pathlib import Path

import pytest
from mutants import CATALOGUE
from running import A_JSON_REPORT, MUTANTS, broken, run_here, run_statuses, runs_with
from somebodys_server import Behavior, started_server

MISSING = runs_with("the bucket is missing")
DOTTED = runs_with("a/../")


def verify(
    behavior: Behavior, runs: str, folder: Path, reporter: str = "reference"
) -> tuple[int, str, dict[str, str]]:
    """The exit code, the output on one line, and the status of each run."""
    with started_server(behavior) as url:
        arguments = ("--backend", url, "--backend-name", "it", "-k", runs)
        done = run_here(
            *("verify", reporter, *arguments, "--report", "report.json"),
            folder=folder,
            environment=MUTANTS,
        )
    return done.returncode, " ".join(done.stdout.split()), run_statuses(folder / "report.json")


@pytest.mark.parametrize(
    ("behavior", "was_seen"),
    [
        (Behavior(delay=0.1), "suite"),
        (Behavior(throttled=3), "throttled"),
        (Behavior(late=3), "late"),
    ],
    ids=["slow", "busy", "late"],
)
def test_the_verdict_is_right(tmp_path: Path, behavior: Behavior, was_seen: str) -> None:
    _, said, runs = verify(behavior, f"ARC-01 or {MISSING}", tmp_path)
    assert set(runs.values()) == {"passed"}, said
    verify(behavior, A_JSON_REPORT, tmp_path, CATALOGUE["NoSlash"].reporter)
    assert broken(tmp_path / "report.json") == {"KEY-03"}
    assert behavior.seen[was_seen] > 0


@pytest.mark.parametrize(
    ("behavior", "words"),
    [
        (
            Behavior(throttles_reporter=True),
            "it answered 503 4 times: <Error><Code>SlowDown</Code>",
        ),
        (Behavior(late=9), "and does not list it"),
    ],
)
def test_there_is_no_verdict(
    tmp_path: Path, behavior: Behavior, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("s3_reporter_conformance.backends.base._SECONDS", 1)
    code, said, _ = verify(behavior, "ARC-01", tmp_path)
    assert words in said
    assert "No verdict" in said
    assert code == 3


def test_a_difference_from_s3_is_not_held_against_the_reporter(tmp_path: Path) -> None:
    behavior = Behavior(refused="a/../")
    code, said, found = verify(behavior, f"{A_JSON_REPORT} or {DOTTED}", tmp_path)
    assert "it refuses the key a/../../../b/" in said
    assert found.pop(A_JSON_REPORT) == "passed"
    assert set(found.values()) == {"not-run"}
    assert code == 0
