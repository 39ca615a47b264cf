"""Any S3 API can stand behind the wire, and what it cannot do is said."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import wait_until
from running import (
    A_JSON_REPORT,
    BOTH,
    COMMAND,
    run,
    run_here,
    run_statuses,
    runs_with,
    statuses,
)
from somebodys_server import client, started_server, suite_profile

from s3_reporter_conformance.backends.options import EndpointOptions
from s3_reporter_conformance.backends.registry import check_backend
from s3_reporter_conformance.words.errors import UsageError


@pytest.fixture
def server() -> Iterator[str]:
    with started_server() as url:
        yield url


SOME = f"{BOTH} or ERR-02 or {runs_with('is deleted just before the upload')}"
EVENTS = runs_with("events for keys")


def test_an_endpoint_is_used_and_cleaned_up(tmp_path: Path, server: str) -> None:
    client("s3", server).create_bucket(Bucket="of-somebody-else")
    report = ("--report", "report.json")
    done = run_here(
        "verify", "--backend", server, "-k", f"{SOME} or {EVENTS}", *report, folder=tmp_path
    )
    assert f"{server} is not known to deliver events" in done.stdout
    runs = run_statuses(tmp_path / "report.json")
    events = EVENTS.split(" or ")
    assert {runs.pop(name) for name in events} == {"not-run"}
    assert set(runs.values()) == {"passed"}
    assert statuses(tmp_path / "report.json")["INT-01"] == "not-run"
    assert done.returncode == 0
    found = json.loads((tmp_path / "report.json").read_text())
    assert (found["backend"], found["conformant"]) == (server, False)
    buckets = client("s3", server).list_buckets()["Buckets"]
    assert [bucket["Name"] for bucket in buckets] == ["of-somebody-else"]


def test_buckets_are_deleted_also_when_the_run_is_interrupted(tmp_path: Path, server: str) -> None:
    with subprocess.Popen(
        [*COMMAND, "verify", "--backend", server, "-m", "object_naming"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        wait_until(lambda: client("s3", server).list_buckets()["Buckets"] != [])
        process.terminate()
        printed = process.stdout.read()
    assert "The run ended early: interrupted" in printed
    assert process.returncode == 130
    assert client("s3", server).list_buckets()["Buckets"] == []


def test_requests_are_signed_anew_where_signatures_are_checked(tmp_path: Path, server: str) -> None:
    credentials = suite_profile(server, tmp_path)
    given = {"AWS_SHARED_CREDENTIALS_FILE": str(credentials)}
    refused = run_here(
        "verify", "--backend", server, "-k", A_JSON_REPORT, folder=tmp_path, environment=given
    )
    assert "InvalidAccessKeyId" in refused.stdout
    assert refused.returncode == 3
    profile = ("--backend-profile", "suite")
    selected = ("-k", SOME, "--report", "report.json")
    done = run_here(
        "verify", "--backend", server, *profile, *selected, folder=tmp_path, environment=given
    )
    assert set(run_statuses(tmp_path / "report.json").values()) == {"passed"}, done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "floppy",
            "unknown backend 'floppy': expected moto, localstack, aws, http://host:port, or https://",
        ),
        ("http://10.1.2.3:9000", "10.1.2.3 is another machine"),
        ("http://s3.example.org", "s3.example.org is another machine"),
        (
            "ftp://127.0.0.1:9000",
            "is not a valid endpoint: expected http://host:port or https://",
        ),
        ("http://127.0.0.1:9000/path", "is not a valid endpoint: expected http://host:port"),
        ("http://127.0.0.1:port", "is not a valid endpoint: "),
        ("http://", "is not a valid endpoint: "),
        ("https://s3.example.org", "s3.example.org is another machine"),
    ],
)
def test_what_is_no_backend(name: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_backend(name)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        (
            "http://127.0.0.1:9000",
            EndpointOptions(profile="nosuch"),
            "--backend-profile nosuch: The config profile",
        ),
        (
            "moto",
            EndpointOptions(profile="nosuch"),
            "apply only to aws and to an endpoint, not to moto",
        ),
        (
            "moto",
            EndpointOptions(allow_remote=True),
            "apply only to aws and to an endpoint, not to moto",
        ),
        (
            "http://127.0.0.1:9000",
            EndpointOptions(ca_bundle=__file__),
            "--ca-bundle applies only to an endpoint with https://",
        ),
        (
            "https://127.0.0.1:9000",
            EndpointOptions(ca_bundle="nosuch.pem"),
            "--ca-bundle nosuch.pem: [Errno 2] No such file or directory; expected a file with",
        ),
        (
            "https://127.0.0.1:9000",
            EndpointOptions(ca_bundle=__file__),
            "expected a file with certificates in PEM",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused(
    name: str, options: EndpointOptions, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        check_backend(name, options)
    assert words in str(caught.value)


def test_another_machine_is_used_with_leave() -> None:
    check_backend("http://10.1.2.3:9000", EndpointOptions(allow_remote=True))


def test_an_endpoint_that_does_not_answer_is_no_verdict(tmp_path: Path) -> None:
    done = run_here(
        "verify", "--backend", "http://127.0.0.1:9", "-k", A_JSON_REPORT, folder=tmp_path
    )
    assert "nothing answers at http://127.0.0.1:9: " in " ".join(done.stdout.split())
    assert "No verdict" in done.stdout
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DOCKER_HOST": "tcp://127.0.0.1:9"}, "Docker does not respond: start it"),
        ({"LOCALSTACK_HOST": "127.0.0.1:9"}, "LocalStack does not respond at http://127.0.0.1:9/"),
        ({"LOCALSTACK_ENDPOINT": "floppy"}, "floppy is not a LocalStack endpoint"),
    ],
)
def test_no_localstack_is_no_verdict(
    tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    pytest.importorskip("testcontainers", reason="an extra")
    given = {"TESTCONTAINERS_RYUK_DISABLED": "true", **environment}
    done = run(
        "verify", "--backend", "localstack", "-k", A_JSON_REPORT, folder=tmp_path, environment=given
    )
    assert words in " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (3, "")
    assert "Traceback" not in done.stdout
