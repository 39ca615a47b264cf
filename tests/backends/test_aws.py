"""AWS itself: what a run makes there, after a question.  A stand-in plays AWS."""

import os
import pty
import re
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import SystemRandom

import pytest
from aws_account import AWS, EVERYTHING, REGION, Account, started_account
from aws_policy import POLICY, check_needed, used
from botocore.exceptions import ClientError
from running import COMMAND, run_here, run_statuses, runs_with, statuses
from somebodys_server import client

from s3_reporter_conformance.backends.amazon import check_amazon
from s3_reporter_conformance.backends.options import EndpointOptions
from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.recording import Recording
from s3_reporter_conformance.words.errors import UsageError

BUCKET = "s3-reporter-conformance-reports-1"
SOME = " or ".join(
    (
        "a-json-report",
        "ERR-02",
        runs_with("credentials do not allow uploads"),
        runs_with("is deleted just before the upload"),
        runs_with("events for keys"),
    )
)
HERE = {"LocationConstraint": REGION}
TAGS = {"s3-reporter-conformance": "delete-me"}
# One for S3, SQS, and STS each; `tests/endpoints` tries all.
SOME_ACTIONS = ("s3:PutBucketTagging", "sqs:DeleteQueue", "sts:GetFederationToken")


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    with started_account(tmp_path_factory.mktemp("aws")) as account:
        yield account


def test_the_policy_of_the_documentation_suffices(tmp_path: Path, account: Account) -> None:
    account.allow(POLICY)
    done = run_here(
        "verify",
        *(*AWS, "--yes", "-n", "2"),
        *("-k", SOME, "--report", "report.json"),
        folder=tmp_path,
        environment=account.environment,
    )
    assert set(run_statuses(tmp_path / "report.json").values()) == {"passed"}, done.stdout
    assert statuses(tmp_path / "report.json")["INT-01"] == "passed"
    assert done.returncode == 0
    words = " ".join(done.stdout.split())
    assert (
        f"This run uses AWS in {REGION} at {account.url}, as arn:aws:iam::123456789012:user"
        in words
    )
    assert re.search(r"about \d,\d{3} requests, for about \$0\.0\d at the prices", words)
    assert account.left == ([], [])


def test_what_is_missing_in_the_policy_is_named(account: Account) -> None:
    with used(account) as backend:
        for action in SOME_ACTIONS:
            check_needed(action, account, backend)


def test_a_reporter_reaches_nothing_but_buckets_of_the_suite(account: Account) -> None:
    """The wire signs with a profile that may be allowed more."""
    with used(account) as backend:
        account.allow(EVERYTHING)
        account.s3.create_bucket(Bucket="of-somebody-else", CreateBucketConfiguration=HERE)
        account.s3.put_object(Bucket="of-somebody-else", Key="secret", Body=b"")
        backend.create_bucket(BUCKET)
        key = Credentials.random(SystemRandom())
        with closing(Wire(backend.endpoint)) as wire, wire.record(Recording(credentials=[key])):
            s3 = client("s3", wire.url, credentials=key, region="eu-west-1")
            s3.put_object(Bucket=BUCKET, Key="a", Body=b"")
            sts = client("sts", wire.url, credentials=key)
            assert sts.get_caller_identity()["Arn"].endswith(":user/suite")
            with pytest.raises(ClientError, match="AccessDenied"):
                s3.put_object(Bucket="of-somebody-else", Key="a", Body=b"")
            with pytest.raises(ClientError, match="AccessDenied"):
                s3.copy_object(Bucket=BUCKET, Key="b", CopySource="of-somebody-else/secret")
        stored = account.s3.list_objects_v2(Bucket="of-somebody-else")["Contents"]
        assert [each["Key"] for each in stored] == ["secret"]


def bucket_with_everything(account: Account, name: str) -> None:
    """A bucket of the suite with versions, a mark of a deletion, and an upload that goes on."""
    account.s3.create_bucket(Bucket=name, CreateBucketConfiguration=HERE)
    tag_set = [{"Key": key, "Value": value} for key, value in TAGS.items()]
    account.s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tag_set})
    account.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    for _ in range(2):
        account.s3.put_object(Bucket=name, Key="a", Body=b"")
    account.s3.delete_object(Bucket=name, Key="a")
    account.s3.create_multipart_upload(Bucket=name, Key="b")


def test_what_has_the_tag_is_deleted_from_an_account(tmp_path: Path, account: Account) -> None:
    account.allow(EVERYTHING)
    bucket_with_everything(account, "s3-reporter-conformance-left")
    account.s3.create_bucket(
        Bucket="s3-reporter-conformance-untagged", CreateBucketConfiguration=HERE
    )
    account.s3.create_bucket(Bucket="of-somebody-else", CreateBucketConfiguration=HERE)
    account.sqs.create_queue(QueueName="s3-reporter-conformance-left", tags=TAGS)
    account.sqs.create_queue(QueueName="s3-reporter-conformance-untagged")
    aws = ("clean", *AWS)
    asked = run_here(*aws, folder=tmp_path, environment=account.environment)
    assert "bucket s3-reporter-conformance-left, made 20" in asked.stdout, asked.stderr
    assert "queue s3-reporter-conformance-left, made 20" in asked.stdout
    assert "nobody can be asked here: add --yes to agree" in asked.stderr
    assert asked.returncode == 4
    assert len(account.left[0]) == 3
    done = run_here(*aws, "--yes", folder=tmp_path, environment=account.environment)
    assert "deleted bucket s3-reporter-conformance-left\n" in done.stdout, done.stderr
    assert "deleted queue s3-reporter-conformance-left\n" in done.stdout
    assert done.returncode == 0
    buckets, queues = account.left
    assert set(buckets) == {"of-somebody-else", "s3-reporter-conformance-untagged"}
    assert [queue.rpartition("/")[2] for queue in queues] == ["s3-reporter-conformance-untagged"]
    again = run_here(*aws, folder=tmp_path, environment=account.environment)
    left_alone = again.stdout.partition("left alone:")[2]
    assert "bucket s3-reporter-conformance-untagged" in left_alone
    assert "queue s3-reporter-conformance-untagged" in left_alone
    assert "Nothing to delete at AWS" in again.stdout
    assert again.returncode == 0
    account.clear()


def test_nothing_is_made_unless_somebody_agrees(tmp_path: Path, account: Account) -> None:
    account.allow(POLICY)
    done = run_here("smoke", "reference", *AWS, folder=tmp_path, environment=account.environment)
    assert "nobody can be asked here: add --yes to agree" in done.stderr
    assert done.returncode == 4
    said, code = answered("n", "smoke", "reference", *AWS, folder=tmp_path, account=account)
    assert "It deletes them at the end" in said
    assert "Go on? [y/N]:" in said
    assert "nothing was run: the answer was no" in said
    assert code == 4
    assert account.left == ([], [])


def answered(answer: str, *arguments: str, folder: Path, account: Account) -> tuple[str, int]:
    """Run the command at a terminal, and answer its question."""
    terminal, ours = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **account.environment},
        stdin=ours,
        stdout=ours,
        stderr=ours,
    ) as process:
        os.close(ours)
        os.write(terminal, f"{answer}\n".encode())
        printed = b""
        # A terminal whose other side is closed cannot be read.
        with suppress(OSError):
            while chunk := os.read(terminal, 4096):
                printed += chunk
    os.close(terminal)
    return " ".join(printed.decode().split()), process.returncode


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (EndpointOptions(), "--backend aws needs --backend-profile"),
        (EndpointOptions(profile="nosuch", agreed=True), "--backend-profile nosuch: The config"),
        (
            EndpointOptions(profile="suite", allow_remote=True),
            "--allow-remote applies only to an endpoint",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused(options: EndpointOptions, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        check_amazon(options)


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("moto", "clean needs --backend aws, http://host:port, or https://host:port"),
        ("aws", "--backend aws needs --backend-profile"),
    ],
)
def test_clean_needs_a_place(tmp_path: Path, backend: str, words: str) -> None:
    done = run_here("clean", "--backend", backend, folder=tmp_path)
    assert words in done.stderr
    assert done.returncode == 4


def test_an_endpoint_that_does_not_answer_is_no_traceback(tmp_path: Path) -> None:
    done = run_here("clean", "--backend", "http://127.0.0.1:9", folder=tmp_path)
    assert "Error: http://127.0.0.1:9 could not list what is left" in done.stderr
    assert done.returncode == 3
