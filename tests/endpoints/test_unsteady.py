"""Behind an endpoint that is slow, busy, or late, the verdict is right, or there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from mutants import CATALOGUE
from running import A_JSON_REPORT, MUTANTS, broken, run_here, run_statuses, runs_with
from somebodys_server import started_server
from unsteady_server import Behavior, unsteady

DELETED = runs_with("is deleted just before the upload")
MISSING = runs_with("the bucket is missing")
DOTTED = runs_with("a/./b")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with started_server() as url:
        yield url


@pytest.mark.parametrize(
    ("behavior", "was_seen"),
    [
        (Behavior(delay=0.1), "suite"),
        (Behavior(throttled=3), "throttled"),
        (Behavior(late=3), "late"),
    ],
    ids=["slow", "busy", "late"],
)
def test_the_verdict_is_right(
    tmp_path: Path, server: str, behavior: Behavior, was_seen: str
) -> None:
    wrong = CATALOGUE["NoSlash"]
    report = ("--report", "report.json")
    with unsteady(server, behavior) as url:
        right = run_here(
            "verify", "--backend", url, "-k", f"ARC-01 or {DELETED}", *report, folder=tmp_path
        )
        assert set(run_statuses(tmp_path / "report.json").values()) == {"passed"}, right.stdout
        run_here(
            *("verify", wrong.reporter, "--backend", url, "-k", A_JSON_REPORT, *report),
            folder=tmp_path,
            environment=MUTANTS,
        )
    assert broken(tmp_path / "report.json") == {"KEY-03"}
    assert behavior.answered[was_seen] > 0


def test_a_reporter_that_the_backend_throttles_is_not_judged(tmp_path: Path, server: str) -> None:
    behavior = Behavior(throttles_reporter=True)
    with unsteady(server, behavior) as url:
        done = run_here("verify", "--backend", url, "-k", "ARC-01", folder=tmp_path)
    words = " ".join(done.stdout.split())
    assert "it answered 503 4 times: <Error><Code>SlowDown</Code>" in words, done.stdout
    assert "No verdict" in words
    assert done.returncode == 3


def test_a_listing_that_stays_empty_is_no_verdict(
    tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("s3_reporter_conformance.backends.buckets._SECONDS", 1)
    with unsteady(server, Behavior(late=1000)) as url:
        done = run_here("verify", "--backend", url, "-k", "ARC-01", folder=tmp_path)
    assert "and does not list it" in " ".join(done.stdout.split()), done.stdout
    assert done.returncode == 3


def test_a_server_that_makes_a_deleted_bucket_anew_is_found_out(
    tmp_path: Path, server: str
) -> None:
    with unsteady(server, Behavior(makes_buckets=True)) as url:
        asked = f"{A_JSON_REPORT} or {DELETED} or {MISSING}"
        selected = ("-k", asked, "--report", "report.json")
        done = run_here("verify", "--backend", url, *selected, folder=tmp_path)
    assert "and makes the bucket anew" in " ".join(done.stdout.split()), done.stdout
    found = run_statuses(tmp_path / "report.json")
    assert found.pop(A_JSON_REPORT) == "passed"
    assert len(found) > 1
    assert set(found.values()) == {"not-run"}
    assert done.returncode == 0


def test_a_key_that_the_server_refuses_is_not_held_against_the_reporter(
    tmp_path: Path, server: str
) -> None:
    with unsteady(server, Behavior(refused="a/./")) as url:
        some = ("-k", f"{A_JSON_REPORT} or {DOTTED}", "--report", "report.json")
        done = run_here("verify", "--backend", url, *some, folder=tmp_path)
    words = " ".join(done.stdout.split())
    assert f"{url} refuses the key a/./b/" in words, done.stdout
    assert run_statuses(tmp_path / "report.json") == {A_JSON_REPORT: "passed", DOTTED: "not-run"}
