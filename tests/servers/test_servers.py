"""Reporters on Ceph and SeaweedFS, which check signatures and permissions.

`tox -e servers` runs it.  Needs the packages that `examples/servers/ceph.py` names, Node.js, curl,
and jq.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_servers import FOLDER, RealServer, running_server, unlike_moto
from running import COMMAND, need_installed, run, runs_with, wait_until

from s3_reporter_conformance.backends.registry import BackendOptions
from s3_reporter_conformance.reporting.report_files import read_report
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

ROOT = Path(__file__).parents[2]
PYTHON = str(Path(sys.executable).parent)
SERVERS = ("ceph", "seaweedfs")
# Neither has queues to which it delivers events.
NO_EVENTS = {("INT-01", Status.NOT_RUN), ("INT-02", Status.NOT_RUN)}
# Runs that depend on the server; on moto, an example is asked more.
SOME = " or ".join(
    (
        "a-json-report",
        "ARC-01",
        "ERR-02",
        runs_with("the bucket is missing"),
        runs_with("was reported before"),
        "SEQ-02",
    )
)


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[RealServer]:
    if request.param == "ceph":
        need_installed("radosgw", present=shutil.which("radosgw") is not None)
    with running_server(request.param) as server:
        yield server


def verify(reporter: str, *arguments: str, folder: Path, server: RealServer) -> Report:
    """Run the suite, and read its report."""
    # The Python of a manifest is the first on the PATH.
    path = {"PATH": f"{PYTHON}{os.pathsep}{os.environ['PATH']}"}
    done = run(
        *("verify", reporter, "--report", "report.json", *server.arguments, *arguments),
        folder=folder,
        environment={**server.environment, **path},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return read_report(folder / "report.json")


def test_the_reference_passes_but_for_events(tmp_path: Path, server: RealServer) -> None:
    report = verify("reference", folder=tmp_path, server=server)
    assert report.backend == server.name
    assert report.summary[Status.NOT_SELECTED] == 0
    assert unlike_moto(report) == NO_EVENTS


def test_exploring_the_reference_finds_nothing(tmp_path: Path, server: RealServer) -> None:
    # A nightly run takes half an hour, and draws others each time.
    nightly = os.environ.get("EXPLORE")
    drawn = ("--explore", nightly) if nightly else ("--explore", "60", "--seed", "servers")
    verify("reference", "-k", "a-json-report", "--strict", *drawn, folder=tmp_path, server=server)


@pytest.mark.parametrize("name", ["node", "shell"])
def test_an_example_passes_a_sample(tmp_path: Path, server: RealServer, name: str) -> None:
    for tool in ("node",) if name == "node" else ("bash", "curl", "jq"):
        need_installed(tool, present=shutil.which(tool) is not None)
    folder = ROOT / "examples" / name
    modules = name != "node" or (folder / "node_modules").is_dir()
    need_installed("what 'npm install --prefix examples/node' installs", present=modules)
    report = verify(str(folder / "reporter.toml"), "-k", SOME, folder=tmp_path, server=server)
    assert report.summary[Status.PASSED] >= 6
    assert unlike_moto(report) == set()


def test_the_remains_of_a_killed_run_are_deleted(tmp_path: Path, server: RealServer) -> None:
    options = BackendOptions(backend=server.url, backend_profile="suite")
    with pytest.MonkeyPatch.context() as changed:
        name = "AWS_SHARED_CREDENTIALS_FILE"
        changed.setenv(name, server.environment[name])
        backend = options.open_endpoint()
    with subprocess.Popen(
        # Workers, even of a killed run, delete their own.
        [*COMMAND, "verify", "reference", "-n", "0", "-k", SOME, *server.arguments],
        cwd=tmp_path,
        env=server.environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:

        def would_leave_some() -> bool:
            process.send_signal(signal.SIGSTOP)
            made = [each.has_tag for each in backend.leftovers()]
            if made and all(made):
                return True
            process.send_signal(signal.SIGCONT)
            return False

        wait_until(would_leave_some)
        process.kill()
    assert list(backend.leftovers())
    done = run("clean", "--yes", *server.arguments, folder=tmp_path, environment=server.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "deleted bucket " in done.stdout
    assert list(backend.leftovers()) == []


def test_a_server_ends_with_its_program() -> None:
    with running_server("seaweedfs") as server:
        program = server.process.pid
        [started] = Path(f"/proc/{program}/task/{program}/children").read_text().split()
        server.process.send_signal(signal.SIGINT)
        server.process.wait()
        wait_until(lambda: not Path(f"/proc/{started}").exists())
    assert not Path(server.environment["AWS_SHARED_CREDENTIALS_FILE"]).parent.exists()


def test_a_server_that_is_not_installed_says_what_to_install() -> None:
    command = [sys.executable, str(FOLDER / "ceph.py")]
    done = subprocess.run(command, env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert "radosgw-admin not found; install with: apt-get install" in done.stderr
    assert done.returncode == 1
