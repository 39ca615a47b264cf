"""The names that a shell completes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("call", "reference", "NEITHER-REG"), "plain,neither-region-nor-bucket\n"),
        (("explain", "cfg-03"), "plain,CFG-03\n"),
        (("explain", "hadoop"), "plain,hadoop-safe-keys\n"),
        (("verify", "reporter.t"), "file,reporter.t\n"),
    ],
)
def test_bash_completes(words: tuple[str, ...], offered: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("s3-reporter-conformance")],
        cwd=tmp_path,
        env={
            **os.environ,
            "_S3_REPORTER_CONFORMANCE_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("s3-reporter-conformance", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (offered, "")
