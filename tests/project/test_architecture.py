"""The contracts on the rooms hold and can break; the page shows the rooms as they are."""

import subprocess
import sys
from pathlib import Path

import pytest
from rooms import PACKAGE, PAGE, ROOT, SECTION, assemble

LAYERS = "A room imports only from the rooms below"


@pytest.fixture
def assembled(tmp_path: Path) -> Path:
    assemble(tmp_path)
    return tmp_path


def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_contract_holds(assembled: Path) -> None:
    done = lint(assembled)
    assert " 0 broken" in done.stdout, done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("errors", "from . import spec", LAYERS),
        ("wire/proxy", "from ..backends import base", LAYERS),
        ("backends/base", "from ..wire import proxy", LAYERS),
        ("adapters/base", "from ..wire import proxy", LAYERS),
        ("scenario/world", "from ..verdict import verdict", LAYERS),
        ("verdict/verdict", "from ..scenario import world", LAYERS),
        ("judging/documents", "from ..reporting import report", LAYERS),
        ("reporting/report", "from ..runner import settings", LAYERS),
        ("runner/session", "from ..cli import main", LAYERS),
        ("steps/given/disk", "from ...runner import settings", LAYERS),
        ("reference/naming", "from .. import errors", LAYERS),
        ("analysis/querying", "from ..schemas import read_schema", LAYERS),
        ("features/__init__", "from ..spec import gherkin", LAYERS),
        ("judging/s3_url", "from ..verdict import verdict", "Steps and judging know neither"),
        ("steps/then/key", "from ...reporting import report", "Steps and judging know neither"),
        ("runner/smoke", "from ..reference import S3Reporter", "Nothing imports the reference"),
        ("scenario/world", "import moto", "Only backends know what provides S3"),
        ("runner/settings", "def f():\n    import localstack_client", "Only backends know"),
        ("steps/when", "import subprocess", "Processes are started for reporters"),
        ("steps/when", "import http.client", "Steps send no HTTP"),
    ],
    ids=str,
)
def test_an_import_in_the_wrong_direction_breaks_a_contract(
    assembled: Path, module: str, line: str, contract: str
) -> None:
    with (assembled / PACKAGE / f"{module}.py").open("a") as file:
        file.write(f"\n{line}\n")
    done = lint(assembled)
    broken = [each for each in done.stdout.splitlines() if each.endswith(" BROKEN")]
    assert any(each.startswith(contract) for each in broken), done.stdout
    assert done.returncode == 1


def test_a_new_room_needs_a_place_among_the_layers(assembled: Path) -> None:
    (assembled / PACKAGE / "attic").mkdir()
    (assembled / PACKAGE / "attic" / "__init__.py").touch()
    done = lint(assembled)
    assert f"{PACKAGE}.attic" in done.stdout
    assert done.returncode == 1


def test_the_page_shows_the_rooms_as_they_are() -> None:
    drawn = subprocess.run(
        [sys.executable, ROOT / "tests" / "rooms.py"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    shown = SECTION.findall(PAGE.read_text())
    assert shown == [drawn], "run python tests/rooms.py --write"
