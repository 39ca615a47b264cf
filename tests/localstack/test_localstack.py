"""The suite on LocalStack in a container: the same verdicts as on moto, and nothing left behind.

Needs a Docker engine and the image; `tox -e servers` runs it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from differing import known_to_differ, unlike_moto
from mutants import CATALOGUE
from processes import wait_until
from running import BOTH, runs_with
from variants import VARIANTS

from s3_reporter_conformance.backends.localstack import IMAGE, LABEL, LocalStackBackend
from s3_reporter_conformance.reporting.report import read_report

ROOT = Path(__file__).parent.parent.parent
VERIFY = [sys.executable, "-m", "s3_reporter_conformance", "verify"]
# Runs of each example here; on moto, it makes more.
SOME = f"{BOTH} or ARC or CFG-01 or ERR-02 or {runs_with('is deleted just before')} or LOC or INT"


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, str]]:
    """One LocalStack for several runs, as the environment names it."""
    backend = LocalStackBackend()
    yield {**os.environ, "LOCALSTACK_HOST": backend.endpoint.address.netloc}
    backend.close()


def containers() -> set[str]:
    """The containers of the image, running or not."""
    asked = ("docker", "ps", "--all", "--quiet", "--filter", f"ancestor={IMAGE}")
    return set(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split())


def verify(
    *arguments: str, folder: Path, environment: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*VERIFY, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_reference_differs_only_as_is_known(tmp_path: Path) -> None:
    before = containers()
    done = verify("--backend", "localstack", "--report", "localstack.json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "ran on LocalStack 4.14.0" in done.stdout
    assert containers() == before
    report = read_report(tmp_path / "localstack.json")
    assert unlike_moto(report) == known_to_differ(report)


@pytest.mark.parametrize("name", ["node", "shell"])
def test_an_example_passes(tmp_path: Path, running: dict[str, str], name: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = verify(
        *(str(ROOT / "examples" / name / "reporter.toml"), "--backend", "localstack", "-k", SOME),
        folder=tmp_path,
        environment={**running, "PATH": path},
    )
    assert "Partial: the rules that were judged hold" in done.stdout, done.stdout
    assert done.returncode == 0


def test_mutants_die_and_variants_pass(running: dict[str, str]) -> None:
    # One in twenty, and one variant in six; `kill_matrix.py --backend localstack` runs all.
    names = [*list(CATALOGUE)[::20], *list(VARIANTS)[::6]]
    matrix = [sys.executable, str(ROOT / "tests" / "kill_matrix.py"), "--quick"]
    done = subprocess.run(
        [*matrix, "--backend", "localstack", *names],
        env=running,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def begin(folder: Path) -> "subprocess.Popen[str]":
    """Start a run, and wait until its reporter has uploaded something."""
    before = containers()
    process = subprocess.Popen(
        [*VERIFY, "--backend", "localstack"], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    wait_until(lambda: any(map(has_an_object, containers() - before)))
    return process


def has_an_object(container: str) -> bool:
    """Whether the LocalStack in a container was asked to store an object."""
    asked = ("docker", "logs", container)
    logs = subprocess.run(asked, capture_output=True, text=True, check=False)
    return "PutObject" in logs.stdout + logs.stderr


def test_a_container_that_dies_is_no_verdict(tmp_path: Path, running: dict[str, str]) -> None:
    before = containers()
    with begin(tmp_path) as process:
        [mine] = containers() - before
        kill = ("docker", "kill", mine)
        subprocess.run(kill, check=True, capture_output=True)
        assert process.stdout
        printed = " ".join(process.stdout.read().split())
    assert process.returncode == 3
    assert "The run ended early: the backend failed 3 times in a row" in printed
    assert "No verdict" in printed
    assert containers() == before
    again = verify(
        "--backend", "localstack", "-k", "a-json-report", folder=tmp_path, environment=running
    )
    assert "Partial: the rules that were judged hold" in again.stdout


def test_a_run_that_is_ended_leaves_no_container(tmp_path: Path) -> None:
    before = containers()
    with begin(tmp_path) as process:
        process.terminate()
        assert process.stdout
        assert "The run ended early: interrupted" in process.stdout.read()
    assert process.returncode == 130
    for _ in range(100):
        if containers() == before:
            break
        time.sleep(0.1)
    assert containers() == before


def test_a_run_that_is_ended_while_it_starts_leaves_no_container(tmp_path: Path) -> None:
    command = [*VERIFY, "--backend", "localstack"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as process:
        deadline = time.monotonic() + 100
        while not owned_by(process.pid):
            assert time.monotonic() < deadline
        process.terminate()
        process.communicate()
    assert process.returncode == 130
    assert not owned_by(process.pid)


def test_the_next_run_removes_the_container_of_a_killed_one(tmp_path: Path) -> None:
    with begin(tmp_path) as process:
        assert owned_by(process.pid)
        process.kill()
    assert owned_by(process.pid)
    done = verify("--backend", "localstack", "-k", "a-json-report", folder=tmp_path)
    assert "Partial: the rules that were judged hold" in done.stdout
    assert not owned_by(process.pid)


def owned_by(process: int) -> bool:
    """Whether a process has a container, running or not."""
    asked = ("docker", "ps", "--all", "--format", f'{{{{.Label "{LABEL}"}}}}')
    owners = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return f"/{process}/" in owners


def test_an_image_that_is_not_there_is_no_verdict(tmp_path: Path) -> None:
    done = verify(
        *("--backend", "localstack", "-k", "a-json-report"),
        folder=tmp_path,
        environment={**os.environ, "LOCALSTACK_IMAGE": "localhost:9/no/such:image"},
    )
    assert (
        "the image localhost:9/no/such:image is not on this machine and cannot be pulled"
        in " ".join(done.stdout.split())
    )
    assert (done.returncode, done.stderr) == (3, "")
