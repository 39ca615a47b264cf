"""The documents name the version of the code."""

import re

from rooms import ROOT

from s3_reporter_conformance import __version__

NAMED = re.compile(r"OWNER/s3-reporter-conformance(?:@v|:)(\d[\d.]*\d)|\brev: v(\d[\d.]*\d)")


def test_the_documents_name_the_current_version() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {one or other for page in pages for one, other in NAMED.findall(page.read_text())}
    assert named == {__version__}
    assert f"\n## {__version__} (" in (ROOT / "CHANGELOG.md").read_text()
