"""Reporters on Ceph and SeaweedFS, which check signatures, and on a server that takes any.

`tox -e servers` runs it.  Needs the packages that `examples/servers/ceph.py` names, Node.js, curl,
and jq.  With `--everything`, every reporter is asked everything, which takes many minutes.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from differing import known_to_differ, unlike_moto
from needing import need
from processes import wait_until
from real_servers import FOLDER, RealServer, running_server
from running import COMMAND, run, runs_with
from somebodys_server import started_server

from s3_reporter_conformance.reporting.report import read_report
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

ROOT = Path(__file__).parents[2]
PYTHON = str(Path(sys.executable).parent)
SERVERS = ["ceph", "seaweedfs"]
# Runs that depend on the server; on moto, an example is asked more.
SOME = " or ".join(
    (
        "a-json-report",
        "ARC-01",
        "ERR-02",
        runs_with("credentials do not allow uploads"),
        runs_with("is deleted just before the upload"),
        runs_with("was reported before"),
        "SEQ-02",
    )
)


@pytest.fixture(scope="module")
def ceph() -> Iterator[RealServer]:
    need("radosgw", present=shutil.which("radosgw") is not None)
    with running_server("ceph") as server:
        yield server


@pytest.fixture(scope="module")
def seaweedfs() -> Iterator[RealServer]:
    with running_server("seaweedfs") as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> RealServer:
    """The server that the test names."""
    found: RealServer = request.getfixturevalue(request.param)
    return found


def verify(
    reporter: str, *arguments: str, folder: Path, server: RealServer | None = None
) -> Report:
    """Run the suite, and read its report."""
    environment = server.environment if server else os.environ
    done = subprocess.run(
        [
            *(*COMMAND, "verify", reporter),
            *("--report", "report.json", *(server.arguments if server else ()), *arguments),
        ],
        cwd=folder,
        # The Python of a manifest is the first on the PATH.
        env={**environment, "PATH": f"{PYTHON}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    report = folder / "report.json"
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert report.exists(), done.stdout + done.stderr
    return read_report(report)


def client(server: RealServer, profile: str) -> Any:
    """A client of a server, with the credentials of one of its two profiles."""
    with pytest.MonkeyPatch.context() as changed:
        name = "AWS_SHARED_CREDENTIALS_FILE"
        changed.setenv(name, server.environment[name])
        session = boto3.Session(profile_name=profile, region_name="us-east-1")
        return session.client("s3", endpoint_url=server.url)


def example(name: str) -> str:
    """The manifest of an example, if what it needs is there."""
    match name:
        case "node":
            need("node", present=shutil.which("node") is not None)
            modules = ROOT / "examples" / name / "node_modules"
            need("what 'npm install --prefix examples/node' installs", present=modules.is_dir())
        case "shell":
            for tool in ("bash", "curl", "jq"):
                need(tool, present=shutil.which(tool) is not None)
        case _:
            return name
    return str(ROOT / "examples" / name / "reporter.toml")


def test_the_reference_differs_on_ceph_only_as_is_known(tmp_path: Path, ceph: RealServer) -> None:
    report = verify("reference", folder=tmp_path, server=ceph)
    assert report.backend == ceph.name
    assert report.summary[Status.NOT_SELECTED] == 0
    assert unlike_moto(report) == known_to_differ(report)


@pytest.mark.parametrize(
    ("server", "reporter"),
    [("ceph", "node"), ("ceph", "shell"), ("seaweedfs", "reference")],
    indirect=["server"],
)
def test_a_reporter_is_asked_a_sample(tmp_path: Path, server: RealServer, reporter: str) -> None:
    report = verify(example(reporter), "-k", SOME, folder=tmp_path, server=server)
    assert report.summary[Status.PASSED] >= 6
    assert unlike_moto(report) == known_to_differ(report)


@pytest.mark.everything
@pytest.mark.parametrize(
    ("server", "reporter"),
    [
        *(("ceph", each) for each in ("node", "shell")),
        *(("seaweedfs", each) for each in ("reference", "node", "shell")),
    ],
    indirect=["server"],
)
def test_a_reporter_is_asked_everything(tmp_path: Path, server: RealServer, reporter: str) -> None:
    report = verify(example(reporter), folder=tmp_path, server=server)
    assert report.summary[Status.PASSED] > 100
    assert unlike_moto(report) == known_to_differ(report)


@pytest.mark.parametrize(
    ("reporter", "selected"),
    [
        ("reference", ("-k", SOME)),
        *(
            pytest.param(each, (), marks=pytest.mark.everything)
            for each in ("reference", "node", "shell")
        ),
    ],
)
def test_a_reporter_passes_where_any_signature_is_taken(
    tmp_path: Path, reporter: str, selected: tuple[str, ...]
) -> None:
    with started_server() as url:
        report = verify(example(reporter), "--backend", url, *selected, folder=tmp_path)
    assert report.summary[Status.PASSED] >= 6
    assert {status for _, status in unlike_moto(report)} <= {Status.NOT_RUN}


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_the_remains_of_a_killed_run_are_deleted(tmp_path: Path, server: RealServer) -> None:
    s3 = client(server, "suite")

    def buckets() -> set[str]:
        return {each["Name"] for each in s3.list_buckets()["Buckets"]}

    def has_tags(bucket: str) -> bool:
        try:
            return bool(s3.get_bucket_tagging(Bucket=bucket)["TagSet"])
        except ClientError:
            return False

    before = buckets()
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
            made = buckets() - before
            if made and all(map(has_tags, made)):
                return True
            process.send_signal(signal.SIGCONT)
            return False

        wait_until(would_leave_some)
        process.kill()
    assert buckets() > before
    done = run("clean", "--yes", *server.arguments, folder=tmp_path, environment=server.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "deleted bucket " in done.stdout
    assert buckets() == before


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_a_user_without_permissions_is_denied(server: RealServer) -> None:
    allowed, denied = client(server, "suite"), client(server, "denied")
    allowed.create_bucket(Bucket="theirs")
    with pytest.raises(ClientError, match="AccessDenied"):
        denied.put_object(Bucket="theirs", Key="a", Body=b"")
    with pytest.raises(ClientError, match="AccessDenied"):
        denied.list_objects_v2(Bucket="theirs")
    with pytest.raises(ClientError, match="AccessDenied"):
        denied.create_bucket(Bucket="mine")
    allowed.delete_bucket(Bucket="theirs")


def children(process: int) -> list[int]:
    """The processes that a process started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(each) for each in listed.split()]


@pytest.mark.parametrize(
    ("name", "ending"),
    [("ceph", signal.SIGKILL), ("seaweedfs", signal.SIGINT)],
)
def test_a_server_ends_with_its_program(name: str, ending: signal.Signals) -> None:
    if name == "ceph":
        need("radosgw", present=shutil.which("radosgw") is not None)
    with running_server(name) as server:
        started = children(server.process.pid)
        assert len(started) == (3 if name == "ceph" else 1)
        server.process.send_signal(ending)
        server.process.wait(30)
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{each}").exists() for each in started):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    folder = Path(server.environment["AWS_SHARED_CREDENTIALS_FILE"]).parent
    assert folder.exists() is (ending is signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_server_that_is_not_installed_says_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "ceph.py")],
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "radosgw-admin not found; install with: apt-get install" in done.stderr
    assert done.returncode == 1
