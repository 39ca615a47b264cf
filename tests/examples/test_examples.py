"""The examples conform; `tox -e site` makes all runs of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import need_installed

EXAMPLES = Path(__file__).parents[2] / "examples"
# Some runs of each diagram.
SOME = (
    "ARC or CFG-01 or CFG-06 or ERR-02 or ERR-05 or ERR-06 or ERR-07 or FMT-03 or INT or KEY-02 or "
    "LOC-01 or SEQ-02 or SEQ-03 or EXT-RETRY or EXT-SECRETS"
)
PYTHON = str(Path(sys.executable).parent)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["node", "shell", "python-plain"])
def test_an_example_passes(tmp_path: Path, name: str) -> None:
    match name:
        case "node":
            need_installed("node", present=shutil.which("node") is not None)
            modules = EXAMPLES / name / "node_modules"
            need_installed(
                "what 'npm install --prefix examples/node' installs", present=modules.is_dir()
            )
        case "shell":
            for tool in ("bash", "curl", "jq"):
                need_installed(tool, present=shutil.which(tool) is not None)
        case _:
            pass
    done = subprocess.run(
        [
            *(sys.executable, "-m", "s3_reporter_conformance", "verify"),
            *(str(EXAMPLES / name / "reporter.toml"), "--strict", "-k", SOME),
        ],
        cwd=tmp_path,
        # The Python of a manifest is the first on the PATH.
        env={**os.environ, "PATH": f"{PYTHON}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Partial: the rules that were judged hold" in done.stdout, done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/reporter.*")), ids=str)
def test_an_example_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 160
