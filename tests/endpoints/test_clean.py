"""`clean` deletes what a run that was killed left at an endpoint."""

import subprocess
from pathlib import Path

from running import COMMAND, run_here
from somebodys_server import client, started_server


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
