"""The names that a shell completes."""

import sys
from pathlib import Path

import pytest
from running import ended


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
    asked = {
        "_S3_REPORTER_CONFORMANCE_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("s3-reporter-conformance", *words)),
        "COMP_CWORD": str(len(words)),
    }
    program = str(Path(sys.executable).with_name("s3-reporter-conformance"))
    done = ended(program, folder=tmp_path, environment=asked)
    assert (done.returncode, done.stdout, done.stderr) == (0, offered, "")
