"""The environment of a call."""

import re
from pathlib import Path

from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.scenario.environment import ALWAYS, fill_home

CONTRACT = Path(__file__).parents[2] / "docs" / "contract.md"


def test_the_contract_lists_what_every_call_gets() -> None:
    _, _, rest = CONTRACT.read_text().partition("| variable | value |\n|---|---|\n")
    table, _, _ = rest.partition("\n\n")
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == ALWAYS


def test_profiles_are_written_in_the_ways_that_aws_reads(tmp_path: Path) -> None:
    profiles = {name: Credentials("AKIA", f"secret of {name}") for name in ("default", "audit")}
    fill_home(tmp_path, profiles, {}, ())
    written = (tmp_path / ".aws" / "credentials").read_text()
    assert "\naws_secret_access_key = secret of default\n" in written
    assert "\naws_secret_access_key=secret of audit\n" in written
