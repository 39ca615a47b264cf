"""The contracts on the rooms can break, and the page shows the rooms as they are."""

import sys
from pathlib import Path

import pytest
from rooms import PACKAGE, PAGE, ROOT, SECTION, assemble
from running import ended

LAYERS = "A room imports only from the rooms below"


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("wire/proxy", "from ..backends import base", LAYERS),
        ("features/__init__", "from ..spec import gherkin", LAYERS),
        ("judging/s3_url", "from ..verdict import verdict", "Steps and judging know neither"),
        ("scenario/world", "import moto", "Only backends know what provides S3"),
        ("steps/when", "import http.client", "Steps send no HTTP"),
    ],
    ids=str,
)
def test_an_import_in_the_wrong_direction_breaks_a_contract(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    assemble(tmp_path)
    with (tmp_path / PACKAGE / f"{module}.py").open("a") as file:
        file.write(f"\n{line}\n")
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    its_own = {"PYTHONPATH": str(tmp_path)}
    done = ended(sys.executable, "-c", command, "--no-cache", folder=tmp_path, environment=its_own)
    broken = [each for each in done.stdout.splitlines() if each.endswith(" BROKEN")]
    assert any(each.startswith(contract) for each in broken), done.stdout
    assert done.returncode == 1


def test_the_page_shows_the_rooms_as_they_are() -> None:
    drawn = ended(sys.executable, str(ROOT / "tests" / "rooms.py")).stdout
    assert SECTION.findall(PAGE.read_text()) == [drawn], "run python tests/rooms.py --write"
