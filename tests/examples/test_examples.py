"""The examples are small; `tox -e site` verifies them."""

import os
import shutil
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from running import need_installed, run

EXAMPLES = Path(__file__).parents[2] / "examples"
PYTHON = str(Path(sys.executable).parent)
# The program that the adapter in the documents calls.
UPLOAD_REPORT = f"""#!{sys.executable}
import json, sys
from pathlib import Path
from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.reference import S3Reporter
options = dict(flag[2:].split("=", 1) for flag in sys.argv[2:])
results = ScanResults(json.loads(Path(sys.argv[1]).read_text()))
print(S3Reporter(options, Path(options.pop("output_dir"))).report(results))
"""


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/reporter.*")), ids=str)
def test_an_example_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 160


def test_the_adapter_in_the_documents_passes(tmp_path: Path) -> None:
    need_installed("jq", present=shutil.which("jq") is not None)
    page = (EXAMPLES.parent / "docs" / "verify-your-reporter.md").read_text()
    adapter = page.partition("```bash\n")[2].partition("```")[0]
    (tmp_path / "adapter.sh").write_text(dedent(adapter))
    program = tmp_path / "upload-report"
    program.write_text(UPLOAD_REPORT)
    program.chmod(0o755)
    path = {"PATH": os.pathsep.join((str(tmp_path), PYTHON, os.environ["PATH"]))}
    asked = ("verify", "command:bash adapter.sh", "-k", "FMT-03 or SEQ-03")
    done = run(*asked, folder=tmp_path, environment=path)
    assert "Partial: the rules that were judged hold" in done.stdout, done.stdout
