"""The suite on LocalStack in a container: the same verdicts as on moto, and nothing left behind.

Needs a Docker engine and the image; `tox -e servers` runs it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutants import CATALOGUE
from real_servers import unlike_moto
from running import BOTH, COMMAND, ended, run, runs_with, wait_until
from variants import VARIANTS

from s3_reporter_conformance.backends.localstack import IMAGE, LocalStackBackend
from s3_reporter_conformance.reporting.report_files import read_report

ROOT = Path(__file__).parent.parent.parent
# Runs of each example here; on moto, it makes more.
SOME = f"{BOTH} or ARC or CFG-01 or ERR-02 or {runs_with('the bucket is missing')} or LOC or INT"


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, str]]:
    """One LocalStack for several runs, as the environment names it."""
    backend = LocalStackBackend()
    yield {"LOCALSTACK_HOST": backend.endpoint.address.netloc}
    backend.close()


def docker(*arguments: str) -> str:
    """The output of a Docker command."""
    command = ("docker", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def containers() -> set[str]:
    """The containers of the image, running or not."""
    return set(docker("ps", "--all", "--quiet", "--filter", f"ancestor={IMAGE}").split())


def test_the_reference_passes(tmp_path: Path) -> None:
    before = containers()
    done = run("verify", "--backend", "localstack", "--report", "localstack.json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "ran on LocalStack 4.14.0" in done.stdout
    assert containers() == before
    assert unlike_moto(read_report(tmp_path / "localstack.json")) == set()


@pytest.mark.parametrize("name", ["node", "shell"])
def test_an_example_passes(tmp_path: Path, running: dict[str, str], name: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = run(
        *(
            "verify",
            str(ROOT / "examples" / name / "reporter.toml"),
            "--backend",
            "localstack",
            "-k",
            SOME,
        ),
        folder=tmp_path,
        environment={**running, "PATH": path},
    )
    assert "Partial: the rules that were judged hold" in done.stdout, done.stdout
    assert done.returncode == 0


def test_mutants_die_and_variants_pass(running: dict[str, str]) -> None:
    # One in twenty, and one variant in six; `kill_matrix.py --backend localstack` asks for all.
    names = [*list(CATALOGUE)[::20], *list(VARIANTS)[::6]]
    matrix = [sys.executable, str(ROOT / "tests" / "kill_matrix.py"), "--quick"]
    done = ended(*matrix, "--backend", "localstack", *names, environment=running)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("how", ["terminated", "without its container"])
def test_a_run_that_is_broken_off_leaves_no_container(tmp_path: Path, how: str) -> None:
    before = containers()
    with subprocess.Popen(
        [*COMMAND, "verify", "--backend", "localstack"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(
            lambda: any("PutObject" in docker("logs", each) for each in containers() - before)
        )
        if how == "terminated":
            process.terminate()
        else:
            docker("kill", *(containers() - before))
        printed = " ".join(process.communicate()[0].split())
    assert process.returncode == (130 if how == "terminated" else 3)
    broken = "The run ended early: 3 runs in a row broke alike"
    assert ("No verdict: interrupted" if how == "terminated" else broken) in printed
    assert "No verdict" in printed
    assert containers() == before
