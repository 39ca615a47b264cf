"""`clean` deletes what killed runs left at an endpoint, and nothing else."""

from pathlib import Path

import pytest
from running import run_here
from somebodys_server import client, started_server

from s3_reporter_conformance.backends.any_endpoint import PREFIX, TAG


def test_clean_deletes_what_has_the_tag(tmp_path: Path) -> None:
    left, untagged, other = f"{PREFIX}left", f"{PREFIX}untagged", "of-somebody-else"
    mark = {"TagSet": [{"Key": TAG, "Value": "of any run"}]}
    with started_server() as url:
        s3 = client("s3", url)
        for name in (left, untagged, other):
            s3.create_bucket(Bucket=name)
        s3.put_bucket_tagging(Bucket=left, Tagging=mark)
        s3.put_bucket_tagging(Bucket=other, Tagging=mark)
        s3.put_object(Bucket=left, Key="a", Body=b"")
        clean = ("clean", "--backend", url)
        asked = run_here(*clean, folder=tmp_path)
        assert f"bucket {left}, made 20" in asked.stdout
        assert " UTC; left alone: no tag" in asked.stdout
        assert other not in asked.stdout
        assert "nobody can be asked here: add --yes to agree" in asked.stderr
        assert asked.returncode == 4
        assert len(s3.list_buckets()["Buckets"]) == 3
        of_the_user = {"AWS_PROFILE": "nosuch"}
        done = run_here(*clean, "--yes", folder=tmp_path, environment=of_the_user)
        assert f"deleted bucket {left}\n" in done.stdout, done.stderr
        assert done.returncode == 0
        assert {each["Name"] for each in s3.list_buckets()["Buckets"]} == {other, untagged}
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
