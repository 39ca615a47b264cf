"""The suite on LocalStack in a container: the same verdicts as on moto, and nothing left behind.

Needs a Docker engine and the image; `tox -e servers` runs it.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mutants import CATALOGUE
from real_servers import unlike_moto
from running import BOTH, COMMAND, runs_with, wait_until
from variants import VARIANTS

from s3_reporter_conformance.backends.localstack import IMAGE, LABEL, LocalStackBackend
from s3_reporter_conformance.reporting.report import read_report

ROOT = Path(__file__).parent.parent.parent
# Runs of each example here; on moto, it makes more.
SOME = f"{BOTH} or ARC or CFG-01 or ERR-02 or {runs_with('is deleted just before')} or LOC or INT"


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, str]]:
    """One LocalStack for several runs, as the environment names it."""
    backend = LocalStackBackend()
    yield {**os.environ, "LOCALSTACK_HOST": backend.endpoint.address.netloc}
    backend.close()


def docker(*arguments: str) -> str:
    """The output of a Docker command."""
    command = ("docker", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def containers() -> set[str]:
    """The containers of the image, running or not."""
    return set(docker("ps", "--all", "--quiet", "--filter", f"ancestor={IMAGE}").split())


def has_container(process: int) -> bool:
    """Whether a process has a container, running or not."""
    return f"/{process}/" in docker("ps", "--all", "--format", f'{{{{.Label "{LABEL}"}}}}')


def verify(
    *arguments: str, folder: Path, environment: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, "verify", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_reference_passes(tmp_path: Path) -> None:
    before = containers()
    done = verify("--backend", "localstack", "--report", "localstack.json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "ran on LocalStack 4.14.0" in done.stdout
    assert containers() == before
    assert unlike_moto(read_report(tmp_path / "localstack.json")) == set()


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
    # One in twenty, and one variant in six; `kill_matrix.py --backend localstack` asks for all.
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


def begin(folder: Path, is_ready: Callable[[int], bool] | None = None) -> "subprocess.Popen[str]":
    """Start a run, and wait until it is ready, or until its reporter has uploaded something."""
    before = containers()

    def uploads(_: int) -> bool:
        return any("PutObject" in docker("logs", each) for each in containers() - before)

    process = subprocess.Popen(
        [*COMMAND, "verify", "--backend", "localstack"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: (is_ready or uploads)(process.pid), seconds=180)
    return process


def test_a_container_that_dies_is_no_verdict(tmp_path: Path) -> None:
    before = containers()
    with begin(tmp_path) as process:
        docker("kill", *(containers() - before))
        assert process.stdout
        printed = " ".join(process.stdout.read().split())
    assert process.returncode == 3
    assert "The run ended early: the backend failed 3 times in a row" in printed
    assert "No verdict" in printed
    assert containers() == before


@pytest.mark.parametrize("is_ready", [has_container, None], ids=["starting", "running"])
def test_a_run_that_is_ended_leaves_no_container(
    tmp_path: Path, is_ready: Callable[[int], bool] | None
) -> None:
    with begin(tmp_path, is_ready) as process:
        process.terminate()
        process.communicate()
    assert process.returncode == 130
    wait_until(lambda: not has_container(process.pid))


def test_the_next_run_removes_the_container_of_a_killed_one(tmp_path: Path) -> None:
    with begin(tmp_path) as process:
        process.kill()
    assert has_container(process.pid)
    done = verify("--backend", "localstack", "-k", "a-json-report", folder=tmp_path)
    assert "Partial: the rules that were judged hold" in done.stdout
    assert not has_container(process.pid)


def test_an_image_that_is_not_there_is_no_verdict(tmp_path: Path) -> None:
    image = "localhost:9/no/such:image"
    done = verify(
        *("--backend", "localstack", "-k", "a-json-report"),
        folder=tmp_path,
        environment={**os.environ, "LOCALSTACK_IMAGE": image},
    )
    words = f"the image {image} is not on this machine and cannot be pulled"
    assert words in " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (3, "")
