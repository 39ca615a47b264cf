"""What the documentation says is so, and what it tells to do works."""

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
from writing import ROOT, failure_in_readme, in_page, output, tables

from s3_reporter_conformance.cli.main import main
from s3_reporter_conformance.disk.documents import violations
from s3_reporter_conformance.reporting.report import read_report
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.interpretations import all_interpretations
from s3_reporter_conformance.verdict.status import Status

DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text()
PAGES = sorted(
    [
        *DOCS.glob("*.md"),
        *ROOT.glob("*.md"),
        *ROOT.glob("examples/README.md"),
        *ROOT.glob("examples/*/README.md"),
    ]
)

# A retry that meets another error: the diagram does not say what it should do.
UNSPECIFIED = 13

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
# What they judge: an upload, a missing region, and an error that is logged and returned.
SOME = ("SEQ-01", "CFG-02", "ERR-09")


def test_the_generated_tables_are_current() -> None:
    stale = [table.partition("\n")[0] for page, table in tables() if in_page(table, page) != table]
    assert stale == [], "run python tests/writing.py --write"


def test_the_readme_shows_what_verify_prints(tmp_path: Path) -> None:
    printed = output(tmp_path, "-m", "report_sequence or format_conversion")
    # Which runs there are, and so which one is the simplest, depends on the selection.
    shown = re.sub(r"\n +(run|repeat) .*(\n {14,}.*)*", "", failure_in_readme())
    lines = [_without_numbers(line) for line in shown.splitlines() if line.strip() != "..."]
    told = {_without_numbers(line) for line in printed.splitlines()}
    assert len(lines) > 10
    assert [line for line in lines if line not in told] == [], "run python tests/writing.py --write"


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "N", line).rstrip()


def test_the_readme_quotes_the_features() -> None:
    quotes = re.findall(r"```gherkin\n(.*?)```", README, re.DOTALL)
    features = "\n".join(path.read_text() for path in ROOT.glob("features/*.feature"))
    stripped = re.sub(r"^ +", "", features, flags=re.MULTILINE)
    assert len(quotes) == 2
    for quote in quotes:
        assert re.sub(r"^ +", "", quote, flags=re.MULTILINE) in stripped


def test_the_readme_lists_every_command() -> None:
    _, _, rest = README.partition("\n| command | what it does |\n|---|---|\n")
    listed = re.findall(r"^\| `([a-z]+)\b", rest.partition("\n\n")[0], re.MULTILINE)
    assert sorted(listed) == sorted(main.commands)


def test_the_readme_names_options_that_there_are() -> None:
    _, _, rest = README.partition("\n| option | meaning |\n|---|---|\n")
    named = re.findall(r"(?<![\w-])-{1,2}[a-z][a-z-]*", rest.partition("\n\n")[0])
    options = {flag for param in main.commands["verify"].params for flag in param.opts}
    assert len(named) > 10
    assert set(named) <= options


def test_the_documents_name_runs_that_there_are() -> None:
    text = README + (DOCS / "verify-your-reporter.md").read_text()
    named = re.findall(r"(?: -k| serve|\bcall reporter\.toml)\s+([a-z0-9-]+)\b", text)
    assert len(named) > 4
    assert set(named) <= {scenario.id for scenario in all_scenarios()}


def test_every_interpretation_has_a_reason_and_a_rule() -> None:
    known = all_interpretations()
    assert [*known] == [*range(1, 16)]
    assert all(each.statement and each.reason for each in known.values())
    used = {number for rule in all_rules() for number in rule.interpretations}
    assert used == known.keys() - {UNSPECIFIED}


def test_the_adapter_of_the_how_to_works(tmp_path: Path) -> None:
    need("jq", present=shutil.which("jq") is not None)
    page = (DOCS / "verify-your-reporter.md").read_text()
    script = re.findall(r"^   ```bash\n(.*?)^   ```$", page, re.MULTILINE | re.DOTALL)[0]
    (tmp_path / "adapter.sh").write_text(re.sub(r"^   ", "", script, flags=re.MULTILINE))
    program = tmp_path / "bin" / "upload-report"
    program.parent.mkdir()
    program.write_text(UPLOAD_REPORT.replace("PYTHON", sys.executable))
    program.chmod(0o755)
    verify = (sys.executable, "-m", "s3_reporter_conformance", "verify")
    done = subprocess.run(
        [*verify, "command:bash adapter.sh", "--strict", "-k", " or ".join(SOME)],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert all(f"pass  {name} " in done.stdout for name in SOME), done.stdout
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!\w+:)([^)#]*)#?([^)]*)\)", page.read_text()):
        there = page.parent / target if target else page
        assert there.exists(), target
        if anchor:
            assert anchor in _anchors(there), f"{target}#{anchor}"


def _anchors(page: Path) -> set[str]:
    """The addresses of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_the_report_of_ash_says_what_the_page_on_ash_says() -> None:
    report = read_report(DOCS / "reports" / "ash.json")
    page = (DOCS / "ash.md").read_text()
    failed = {name for name, status in report.statuses.items() if status is Status.FAILED}
    assert failed == {name for name in failed if name in page} != set()
    assert report.reporter.version in page


def test_the_contract_says_what_counts_if_an_option_is_not_set() -> None:
    page = (DOCS / "contract.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    schema = json.loads((DOCS / "request.schema.json").read_text())
    assert [name for name, _ in rows] == list(schema["properties"]["options"]["properties"])
    assert [re.findall("`(.*?)`", default) for _, default in rows[:2]] == [
        ["AWS_REGION"],
        ["ASH_S3_BUCKET_NAME"],
    ]
