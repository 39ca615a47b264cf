"""The next run, and `clean`, delete the remains of a killed run at an endpoint."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from processes import wait_until
from running import A_JSON_REPORT, COMMAND, run_here
from somebodys_server import client, started_server

from s3_reporter_conformance.backends.marks import OWNER, PREFIX, TAG
from s3_reporter_conformance.backends.owners import new_owner


@pytest.fixture
def url() -> Iterator[str]:
    with started_server() as url:
        client("s3", url).create_bucket(Bucket="of-somebody-else")
        yield url


def buckets(url: str) -> list[str]:
    return [bucket["Name"] for bucket in client("s3", url).list_buckets()["Buckets"]]


def kill_a_run(url: str, folder: Path) -> None:
    """Kill a run that has made buckets."""
    with subprocess.Popen(
        [*COMMAND, "verify", "--backend", url, "-m", "object_naming", "-n", "0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: len(buckets(url)) > 1)
        process.kill()
    assert len(buckets(url)) > 1


def test_clean_deletes_it(url: str, tmp_path: Path) -> None:
    kill_a_run(url, tmp_path)
    done = run_here("clean", "--backend", url, "--yes", folder=tmp_path)
    assert f"Left by runs at {url}:" in done.stdout, done.stderr
    assert done.returncode == 0
    assert buckets(url) == ["of-somebody-else"]


def test_the_next_run_deletes_it(url: str, tmp_path: Path) -> None:
    kill_a_run(url, tmp_path)
    done = run_here("verify", "--backend", url, "-k", A_JSON_REPORT, folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert buckets(url) == ["of-somebody-else"]


def test_the_next_run_leaves_what_is_not_known_to_be_left(url: str, tmp_path: Path) -> None:
    mine = new_owner()
    dead = mine.replace(mine.split("/")[2], "1")
    tags: dict[str, dict[str, str]] = {
        "of-a-run-that-goes-on": {**TAG, OWNER: mine},
        "of-another-machine": {**TAG, OWNER: f"another-{dead}"},
        "of-no-run": {OWNER: dead},
        "without-an-owner": TAG,
        "with-another-owner": {**TAG, OWNER: "somebody"},
        "of-no-process": {**TAG, OWNER: "/".join((mine.split("/")[0], "no-number", "1", "2"))},
    }
    s3: Any = client("s3", url)
    for name, given in {**tags, "left": {**TAG, OWNER: dead}}.items():
        s3.create_bucket(Bucket=PREFIX + name)
        pairs = [{"Key": key, "Value": value} for key, value in given.items()]
        s3.put_bucket_tagging(Bucket=PREFIX + name, Tagging={"TagSet": pairs})
    run_here("verify", "--backend", url, "-k", A_JSON_REPORT, folder=tmp_path)
    assert sorted(buckets(url)) == ["of-somebody-else", *sorted(PREFIX + name for name in tags)]
