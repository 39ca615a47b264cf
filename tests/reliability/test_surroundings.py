"""Whatever surrounds a run, the reporter gets the same verdict."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from running import REFERENCE_COMMAND
from surroundings import SURROUNDINGS, Place, Trap, command, environment

# What depends on the environment, on the profiles, on the time zone, and on the disk.
ASKED = "CFG-07 or CFG-14 or CFG-46 or ERR-22 or KEY-10 or LOC-03 or EXT-REGION-01"
REPORTERS = {"python": "reference", "command": REFERENCE_COMMAND}
CALM = "calm"


# Times; the lines of the wire begin with one.
TIMES = {"seconds", "started", "wait", "wire"}


def facts(document: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each value in a report but the times, with its place."""
    match document:
        case dict():
            for name in document.keys() - TIMES:
                yield from facts(document[name], f"{path}/{name}")
        case list():
            for number, each in enumerate(document):
                yield from facts(each, f"{path}/{number}")
        case _:
            yield path, document


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    trap = Trap()
    yield Place(tmp_path / "place", trap)
    trap.close()


def verify(place: Place, reporter: str, *more: str) -> "subprocess.CompletedProcess[str]":
    report = place.root / "report.json"
    asked = ("verify", REPORTERS[reporter], "-k", ASKED, "--seed", "same", "--report", str(report))
    return subprocess.run(
        command(place, *asked, *more),
        cwd=place.folder,
        env=environment(place),
        umask=place.umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=200,
    )


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Any]]:
    """The report of a run in calm surroundings."""
    reports: dict[str, Any] = {}
    trap = Trap()

    def report(reporter: str) -> Any:
        if reporter not in reports:
            place = Place(tmp_path_factory.mktemp(reporter) / CALM, trap)
            done = verify(place, reporter)
            assert (done.returncode, done.stderr) == (0, ""), done.stdout
            reports[reporter] = read(place)
            assert reports[reporter]["/summary/passed"] > 3
        return reports[reporter]

    yield report
    trap.close()


def read(place: Place) -> dict[str, Any]:
    return dict(facts(json.loads((place.root / "report.json").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("surround", SURROUNDINGS, ids=lambda row: row.__name__)
def test_the_verdict_is_the_same(
    place: Place,
    surround: Callable[[Place], Mapping[str, str]],
    reporter: str,
    calm: Callable[[str], Any],
) -> None:
    expected = calm(reporter)
    place.environment.update(surround(place))
    done = verify(place, reporter)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert read(place) == expected
    assert not place.trace.exists()
    assert not place.trap.sprung


def test_a_deleted_current_folder_is_refused_in_words(place: Place) -> None:
    place.shell = 'rmdir "$PWD"'
    done = verify(place, "python")
    assert done.stderr == "Error: the current folder was deleted: change to one that exists\n"
    assert (done.returncode, done.stdout) == (4, "")
