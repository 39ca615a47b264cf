"""Any S3 API can stand behind the wire, and what it cannot do is said."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import A_JSON_REPORT, BOTH, run, run_here, run_statuses, runs_with, statuses
from somebodys_server import client, started_server

from s3_reporter_conformance.backends.moto import MotoBackend
from s3_reporter_conformance.backends.registry import BackendOptions
from s3_reporter_conformance.words.errors import BackendError, UsageError

HERE = "http://127.0.0.1:9000"
AWS = "https://s3.eu-central-1.amazonaws.com"
EVENTS = runs_with("events for keys")
SOME = f"{BOTH} or ERR-02 or {runs_with('the bucket is missing')} or {EVENTS}"

WENT_MISSING = """
Feature: Kept

  @unusual
  Scenario: Went missing
    Given a configured reporter
    And a scan of the day before was reported before
    And the bucket is missing
    When ASH Core runs the reporter
"""


@pytest.fixture
def server() -> Iterator[str]:
    with started_server() as url:
        yield url


def test_an_endpoint_is_used_and_cleaned_up(tmp_path: Path, server: str) -> None:
    client("s3", server).create_bucket(Bucket="of-somebody-else")
    arguments = ("--backend-region", "eu-central-1", "-k", SOME, "--report", "report.json")
    of_the_user = {"AWS_PROFILE": "nosuch"}
    verify = ("verify", "--backend", server, *arguments)
    done = run_here(*verify, folder=tmp_path, environment=of_the_user)
    assert f"{server} is not known to deliver events" in done.stdout
    runs = run_statuses(tmp_path / "report.json")
    assert {runs.pop(name) for name in EVENTS.split(" or ")} == {"not-run"}
    assert set(runs.values()) == {"passed"}
    assert statuses(tmp_path / "report.json")["INT-01"] == "not-run"
    assert done.returncode == 0
    found = json.loads((tmp_path / "report.json").read_text())
    assert (found["backend"], found["conformant"]) == (server, False)
    buckets = client("s3", server).list_buckets()["Buckets"]
    assert [bucket["Name"] for bucket in buckets] == ["of-somebody-else"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            BackendOptions(backend="floppy"),
            "unknown backend 'floppy': expected moto, localstack, http://host:port, or https://",
        ),
        (BackendOptions(backend="http://10.1.2.3:9000"), "10.1.2.3 is another machine"),
        (BackendOptions(backend=AWS), "is another machine"),
        (BackendOptions(backend="ftp://127.0.0.1:9000"), "is not a valid endpoint: expected http"),
        (BackendOptions(backend=f"{HERE}/path"), "is not a valid endpoint: expected http://host"),
        (BackendOptions(backend="http://127.0.0.1:port"), "is not a valid endpoint: "),
        (BackendOptions(backend="http://"), "is not a valid endpoint: "),
        (
            BackendOptions(backend=HERE, backend_profile="nosuch"),
            "--backend-profile nosuch: The config profile",
        ),
        (
            BackendOptions(backend_profile="nosuch"),
            "--backend-profile applies only to an endpoint, not to moto",
        ),
        (
            BackendOptions(backend="localstack", allow_remote=True),
            "--allow-remote applies only to an endpoint, not to localstack",
        ),
        (BackendOptions(backend=HERE, ca_bundle=__file__), "only to an endpoint with https://"),
        (
            BackendOptions(backend="https://127.0.0.1:9000", ca_bundle="nosuch.pem"),
            "--ca-bundle nosuch.pem: [Errno 2] No such file or directory; expected a file with",
        ),
        (
            BackendOptions(backend="https://127.0.0.1:9000", ca_bundle=__file__),
            "expected a file with certificates in PEM",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused(options: BackendOptions, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        options.check_backend()
    assert words in str(caught.value)


def test_aws_is_an_endpoint_whose_address_names_the_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.write_text(
        "[profile suite]\nregion = us-west-2\naws_access_key_id = AKIASUITE\n"
        "aws_secret_access_key = secret\naws_session_token = token\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    endpoint = (
        BackendOptions(backend=AWS, backend_profile="suite", yes=True).open_endpoint().endpoint
    )
    assert endpoint.region == "eu-central-1"
    assert endpoint.address.url == AWS
    assert endpoint.signer
    assert endpoint.signer.session_token == "token"
    elsewhere = BackendOptions(backend=HERE, backend_profile="suite").open_endpoint().endpoint
    assert elsewhere.region == "us-west-2"


@pytest.mark.parametrize(
    ("backend", "environment", "words"),
    [
        ("http://127.0.0.1:9", {}, "nothing answers at http://127.0.0.1:9: "),
        (
            "localstack",
            {"LOCALSTACK_HOST": "127.0.0.1:9"},
            "LocalStack does not respond at http://127.0.0.1:9/_localstack/health",
        ),
        ("localstack", {"LOCALSTACK_ENDPOINT": "floppy"}, "floppy is not a LocalStack endpoint"),
        ("localstack", {"DOCKER_HOST": "tcp://127.0.0.1:9"}, "it needs a Docker engine and the"),
    ],
)
def test_no_backend_is_no_verdict(
    tmp_path: Path, backend: str, environment: dict[str, str], words: str
) -> None:
    if backend == "localstack":
        pytest.importorskip("testcontainers", reason="an extra")
    given = {"TESTCONTAINERS_RYUK_DISABLED": "true", **environment}
    arguments = ("--backend", backend, "-k", A_JSON_REPORT)
    done = run("verify", *arguments, folder=tmp_path, environment=given)
    assert words in " ".join(done.stdout.split())
    assert "No verdict" in done.stdout
    assert (done.returncode, done.stderr) == (3, "")


def test_a_bucket_that_went_missing_lists_nothing(tmp_path: Path, server: str) -> None:
    (tmp_path / "kept.feature").write_text(WENT_MISSING)
    kept = ("--explore-examples", "kept.feature", "-k", "went-missing")
    done = run_here("verify", "reference", "--backend", server, *kept, folder=tmp_path)
    assert "1 passed" in done.stdout
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("workers", ["0", "2"])
def test_buckets_that_cannot_be_deleted_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    def fail(_: MotoBackend) -> None:
        raise BackendError("buckets are left: reports-1")

    monkeypatch.setattr(MotoBackend, "clean", fail)
    done = run_here("verify", "-k", BOTH, "-n", workers, folder=tmp_path)
    assert "ended early: backend error: buckets are left: reports-1" in done.stdout
    assert done.stderr == ""
    assert done.returncode == 3
