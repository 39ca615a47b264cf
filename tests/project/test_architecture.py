"""The contracts on the rooms can break, and the page shows the rooms as they are."""

import subprocess
import sys
from pathlib import Path

import pytest
from rooms import PACKAGE, PAGE, ROOT, SECTION, assemble

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
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    broken = [each for each in done.stdout.splitlines() if each.endswith(" BROKEN")]
    assert any(each.startswith(contract) for each in broken), done.stdout
    assert done.returncode == 1


def test_the_page_shows_the_rooms_as_they_are() -> None:
    drawn = subprocess.run(
        [sys.executable, ROOT / "tests" / "rooms.py"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert SECTION.findall(PAGE.read_text()) == [drawn], "run python tests/rooms.py --write"
