"""The next run, and `clean`, delete the remains of a killed run at an endpoint."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import A_JSON_REPORT, run_here
from somebodys_server import client, started_server

from s3_reporter_conformance.backends.buckets import PREFIX, TAG, tag
from s3_reporter_conformance.backends.owners import new_owner


@pytest.fixture
def url() -> Iterator[str]:
    with started_server() as url:
        client("s3", url).create_bucket(Bucket="of-somebody-else")
        yield url


def buckets(url: str) -> list[str]:
    return [bucket["Name"] for bucket in client("s3", url).list_buckets()["Buckets"]]


def test_clean_deletes_what_has_the_tag_whatever_is_in_it(url: str, tmp_path: Path) -> None:
    s3: Any = client("s3", url)
    left, untagged = f"{PREFIX}left", f"{PREFIX}untagged"
    for name in (left, untagged):
        s3.create_bucket(Bucket=name)
    tag(s3, left, "somebody")
    s3.put_bucket_versioning(Bucket=left, VersioningConfiguration={"Status": "Enabled"})
    for _ in range(2):
        s3.put_object(Bucket=left, Key="a", Body=b"")
    s3.delete_object(Bucket=left, Key="a")
    s3.create_multipart_upload(Bucket=left, Key="b")
    clean = ("clean", "--backend", url)
    asked = run_here(*clean, folder=tmp_path)
    assert f"bucket {left}, made 20" in asked.stdout
    assert f"bucket {untagged}, made 20" in asked.stdout.partition("left alone:")[2]
    assert "nobody can be asked here: add --yes to agree" in asked.stderr
    assert asked.returncode == 4
    assert left in buckets(url)
    done = run_here(*clean, "--yes", folder=tmp_path)
    assert f"deleted bucket {left}\n" in done.stdout, done.stderr
    assert done.returncode == 0
    assert set(buckets(url)) == {"of-somebody-else", untagged}
    assert f"Nothing to delete at {url}" in run_here(*clean, folder=tmp_path).stdout


@pytest.mark.parametrize(
    ("backend", "words", "code"),
    [
        ("moto", "clean needs --backend http://host:port or https://host:port", 4),
        ("http://127.0.0.1:9", "Error: http://127.0.0.1:9 could not list what is left", 3),
    ],
)
def test_clean_needs_an_endpoint(tmp_path: Path, backend: str, words: str, code: int) -> None:
    done = run_here("clean", "--backend", backend, folder=tmp_path)
    assert words in done.stderr
    assert done.returncode == code


def test_the_next_run_deletes_only_what_is_known_to_be_left(url: str, tmp_path: Path) -> None:
    mine = new_owner()
    dead = f"{mine.rpartition('/')[0]}/1"
    owners = {
        "of-a-run-that-goes-on": {TAG: mine},
        "of-another-machine": {TAG: f"another-{dead}"},
        "of-no-run": {"owner": dead},
        "with-another-owner": {TAG: "somebody"},
    }
    s3: Any = client("s3", url)
    for name, tags in {**owners, "left": {TAG: dead}}.items():
        s3.create_bucket(Bucket=PREFIX + name)
        pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
        s3.put_bucket_tagging(Bucket=PREFIX + name, Tagging={"TagSet": pairs})
    run_here("verify", "--backend", url, "-k", A_JSON_REPORT, folder=tmp_path)
    assert sorted(buckets(url)) == ["of-somebody-else", *sorted(PREFIX + name for name in owners)]
