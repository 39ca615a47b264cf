"""The examples do what the suite asks; of everything they are asked by `tox -e site`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from needing import need

EXAMPLES = Path(__file__).parents[2] / "examples"
# Of each part of the suite something; on LocalStack, they are asked every row of ARC-23 and KEY-06.
SOME = (
    "ARC-01 or ARC-04 or ARC-05 or CFG-01 or CFG-08 or CFG-09 or CFG-51 or CFG-54 or CFG-66 or "
    "CFG-67 or ERR-04 or ERR-05 or ERR-16 or ERR-20 or FMT-05 or FMT-06 or KEY-03 or LOC-02 or "
    "INT or SEQ-05 or SEQ-07 or EXT-RETRY-03 or EXT-SECRETS-05"
)
PYTHON = str(Path(sys.executable).parent)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["node", "shell", "python-plain"])
def test_an_example_does_what_is_asked(tmp_path: Path, name: str) -> None:
    match name:
        case "node":
            need("node", present=shutil.which("node") is not None)
            modules = EXAMPLES / name / "node_modules"
            need("what 'npm install --prefix examples/node' installs", present=modules.is_dir())
        case "shell":
            for tool in ("bash", "curl", "jq"):
                need(tool, present=shutil.which(tool) is not None)
        case _:
            pass
    done = subprocess.run(
        [
            *(sys.executable, "-m", "s3_reporter_conformance", "verify"),
            *(str(EXAMPLES / name / "reporter.toml"), "-k", SOME),
        ],
        cwd=tmp_path,
        # The Python of a manifest is the first on the PATH.
        env={**os.environ, "PATH": f"{PYTHON}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Partial: what ran passed, but not everything was selected" in done.stdout, done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/reporter.*")), ids=str)
def test_an_example_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 160
