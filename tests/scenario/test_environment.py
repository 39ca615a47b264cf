"""The environment of a call."""

import re
from pathlib import Path

from s3_reporter_conformance.scenario.environment import ALWAYS

CONTRACT = Path(__file__).parents[2] / "docs" / "contract.md"


def test_the_contract_lists_what_every_call_gets() -> None:
    _, _, rest = CONTRACT.read_text().partition("| variable | value |\n|---|---|\n")
    table, _, _ = rest.partition("\n\n")
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == ALWAYS
