"""A release is one tag: of the version that the code, the changelog, and the documents name."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from rooms import ROOT

from s3_reporter_conformance import __version__

NAMED = re.compile(r"OWNER/s3-reporter-conformance(?:@v|:)(\d[\d.]*\d)|\brev: v(\d[\d.]*\d)")


@pytest.mark.parametrize(
    ("tag", "heading", "said"),
    [
        ("v1.2.3", "## 1.2.3 (2026-12-24)", ""),
        ("v1.2.4", "## 1.2.3 (2026-12-24)", "::error::v1.2.4 is not v1.2.3"),
        ("1.2.3", "## 1.2.3 (2026-12-24)", "::error::1.2.3 is not v1.2.3"),
        ("v1.2.3", "## 1.2.3 (unreleased)", '::error::CHANGELOG.md has no section "## 1.2.3 ('),
        ("v1.2.3", "## 1.2.30 (2026-12-24)", '::error::CHANGELOG.md has no section "## 1.2.3 ('),
    ],
)
def test_a_tag_has_to_be_the_version_in_the_changelog(
    tmp_path: Path, tag: str, heading: str, said: str
) -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())
    [check] = [each for each in workflow["jobs"]["build"]["steps"] if "Compare" in str(each)]
    code = (ROOT / "s3_reporter_conformance" / "__init__.py").read_text()
    assert __version__ in code
    (tmp_path / "s3_reporter_conformance").mkdir()
    (tmp_path / "s3_reporter_conformance" / "__init__.py").write_text(
        code.replace(__version__, "1.2.3")
    )
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]],  # noqa: S607 -- as the runner does
        cwd=tmp_path,
        env={**os.environ, "TAG": tag},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith(said)
    assert (done.returncode == 0) is (said == "")


def test_the_documents_name_the_current_version() -> None:
    pages = {page.name: page.read_text() for page in (ROOT / "docs").glob("*.md")}
    pages["README.md"] = (ROOT / "README.md").read_text()
    found = {name: {a or b for a, b in NAMED.findall(text)} for name, text in pages.items()}
    assert {name: versions for name, versions in found.items() if versions} == {
        "README.md": {__version__},
        "ci.md": {__version__},
        "verify-your-reporter.md": {__version__},
    }
    assert f"\n## {__version__} (" in (ROOT / "CHANGELOG.md").read_text()
