"""`clean` deletes what a run left that was killed, and nothing else."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from aws_account import REGION, Account, started_account
from running import COMMAND, run_here
from somebodys_server import client, started_server

HERE = {"LocationConstraint": REGION}
TAGS = {"s3-reporter-conformance": "delete-me"}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    with started_account(tmp_path_factory.mktemp("aws")) as account:
        account.allow(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
            }
        )
        yield account


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
    bucket_with_everything(account, "s3-reporter-conformance-left")
    account.s3.create_bucket(
        Bucket="s3-reporter-conformance-untagged", CreateBucketConfiguration=HERE
    )
    account.s3.create_bucket(Bucket="of-somebody-else", CreateBucketConfiguration=HERE)
    account.sqs.create_queue(QueueName="s3-reporter-conformance-left", tags=TAGS)
    account.sqs.create_queue(QueueName="s3-reporter-conformance-untagged")
    aws = ("clean", "--backend", "aws", "--backend-profile", "suite")
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


def test_what_a_killed_run_left_is_deleted_from_an_endpoint(tmp_path: Path) -> None:
    with started_server() as url:
        s3 = client("s3", url)
        s3.create_bucket(Bucket="of-somebody-else")
        with subprocess.Popen(
            [*COMMAND, "verify", "--backend", url, "-k", "KEY or FMT", "-n", "0"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout
            next(line for line in process.stdout if "pass" in line)
            process.kill()
        assert len(s3.list_buckets()["Buckets"]) > 1
        done = run_here("clean", "--backend", url, "--yes", folder=tmp_path)
        assert f"Left by runs at {url}:" in done.stdout, done.stderr
        assert done.returncode == 0
        assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["of-somebody-else"]


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
