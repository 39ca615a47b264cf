"""What the documentation tells to do works."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from needing import need

from s3_reporter_conformance.reporting.report import read_report
from s3_reporter_conformance.schemas import violations
from s3_reporter_conformance.spec.features import extended_features
from s3_reporter_conformance.spec.gherkin import summary_of
from s3_reporter_conformance.verdict.status import Status

DOCS = Path(__file__).parents[2] / "docs"

# A reporter that is a program with a flag for each option, as the how-to has one.
UPLOAD_REPORT = """#!/bin/sh
for flag; do
    shift
    case $flag in
        --*) name=${flag%%=*}; set -- "$@" "$(echo "$name" | tr _ -)=${flag#*=}" ;;
        *) set -- "$@" "$flag" ;;
    esac
done
exec PYTHON -m s3_reporter_conformance.reference "$@"
"""


def test_the_adapter_of_the_how_to_works(tmp_path: Path) -> None:
    need("jq", present=shutil.which("jq") is not None)
    page = (DOCS / "verify-your-reporter.md").read_text()
    script = re.findall(r"^   ```bash\n(.*?)^   ```$", page, re.MULTILINE | re.DOTALL)[0]
    (tmp_path / "adapter.sh").write_text(re.sub(r"^   ", "", script, flags=re.MULTILINE))
    program = tmp_path / "bin" / "upload-report"
    program.parent.mkdir()
    program.write_text(UPLOAD_REPORT.replace("PYTHON", sys.executable))
    program.chmod(0o755)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "s3_reporter_conformance", "verify", "command:bash adapter.sh"),
            *("-k", "ARC-01 or CFG-04 or CFG-09 or ERR-12 or ERR-16 or KEY-05 or LOC-02 or SEQ-01"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert "8 passed" in done.stdout, done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("*.schema.json")), ids=str)
def test_a_schema_is_one_and_is_installed(name: str) -> None:
    schema = json.loads((DOCS / name).read_text())
    Draft202012Validator.check_schema(schema)
    assert (resources.files("s3_reporter_conformance.docs") / name).is_file()


def test_the_contract_shows_what_its_schemas_allow() -> None:
    page = (DOCS / "contract.md").read_text()
    request = re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0]
    assert violations("request", json.loads(request)) == ()
    replies = re.findall(r"`(\{\"(?:ready|returned)\".*?\})`", page)
    assert len(replies) == 3
    for reply in replies:
        assert violations("reply", json.loads(reply)) == ()


@pytest.mark.parametrize("page", sorted([*DOCS.glob("*.md"), *DOCS.parent.glob("*.md")]), ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target


def test_the_report_of_ash_says_what_the_page_on_ash_says() -> None:
    report = read_report(DOCS / "reports" / "ash.json")
    page = (DOCS / "ash.md").read_text()
    failed = {name for name, status in report.statuses.items() if status is Status.FAILED}
    assert failed == {name for name in failed if name in page} != set()
    assert report.reporter.version in page


def test_the_how_to_says_what_each_feature_is_for() -> None:
    page = (DOCS / "verify-your-reporter.md").read_text()
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (for a .*) \|$", page, re.MULTILINE))
    summaries = {name: summary_of(name) for name in extended_features()}
    assert rows == {name: f"f{text[1:-1]}" for name, text in summaries.items()}


def test_the_contract_says_what_counts_if_an_option_is_not_set() -> None:
    page = (DOCS / "contract.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    schema = json.loads((DOCS / "request.schema.json").read_text())
    assert [name for name, _ in rows] == list(schema["properties"]["options"]["properties"])
    assert [re.findall("`(.*?)`", default) for _, default in rows[:2]] == [
        ["AWS_REGION"],
        ["ASH_S3_BUCKET_NAME"],
    ]
