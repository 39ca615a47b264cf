"""The completions of bash, as the README sets it up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# As bash itself does with a line: the function fills COMPREPLY, and `compopt` asks for files.
_TAB = """
compopt() { printf "compopt %s %s\\n" "$@"; }
eval "$(_S3_REPORTER_CONFORMANCE_COMPLETE=bash_source s3-reporter-conformance)"
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_s3_reporter_conformance_completion s3-reporter-conformance
printf '%s\\n' "${COMPREPLY[@]}"
"""


def _offered(*words: str, folder: Path) -> list[str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/bash", "--norc", "-c", _TAB, "bash", "s3-reporter-conformance", *words],
        cwd=folder,
        env={**os.environ, "PATH": programs},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert not done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.mark.skipif(sys.platform == "darwin", reason="click completes for bash from 4.4 on")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("call", "reference", "NEITHER-REG"), ["neither-region-nor-bucket"]),
        (("explain", "cfg-03"), ["CFG-03"]),
        (("explain", "hadoop"), ["hadoop-safe-keys"]),
        (("verify", "reporter.t"), ["compopt -o default", ""]),
    ],
)
def test_bash_completes(words: tuple[str, ...], offered: list[str], tmp_path: Path) -> None:
    assert _offered(*words, folder=tmp_path) == offered
