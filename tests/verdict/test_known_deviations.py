"""A known deviation must still fail, and only until its day."""

from datetime import date
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.errors import UsageError
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.example import Example
from s3_reporter_conformance.verdict.known_deviations import (
    KnownDeviations,
    read_known_deviations,
    update_known_deviations,
)
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import ExitCode, Result, Verdict

TODAY = date(2026, 11, 22)
MANIFEST = Manifest("mine", "python:mine:Reporter")
FILE = '''# What we still have to do.
[[deviation]]
requirement = "KEY-03"  # joined as is
reason = """
joined
# as it is"""
issue = "https://example.org/1"
expires = 2026-11-22
# The next one is hard.

[[deviation]]
requirement = "ERR-07"
reason = "no growth"
issue = "https://example.org/2"
expires = 2026-11-21

[[deviation]]
requirement = "KEY-06"
reason = "quoted"
issue = "https://example.org/3"
expires = 2026-11-23
# The end.
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "known.toml").write_text(FILE)
    return tmp_path / "known.toml"


def read(path: Path) -> KnownDeviations:
    found = read_known_deviations(path, all_requirements(), MANIFEST)
    return KnownDeviations(found.path, found.entries, TODAY)


def failing(requirement: str, status: Status, seen: str) -> Result:
    """A result with one example, whatever its status is in the end."""
    example = Example(status=Status.FAILED, findings={"expected": "a", "seen": seen})
    return Result(requirement, status, examples=(example,))


def verdict(**statuses: Status) -> Verdict:
    """A verdict in which some requirements have a status, their ids written with `_`."""
    requirements = {r.id.replace("-", "_"): r for r in all_requirements()}
    return Verdict(
        tuple(
            (requirements[name], failing(requirements[name].id, status, 'b \\ "c"'))
            for name, status in statuses.items()
        )
    )


@pytest.mark.parametrize(
    ("requirement", "before", "after", "words"),
    [
        ("KEY-03", Status.FAILED, Status.KNOWN_DEVIATION, "known until 2026-11-22: joined\n"),
        ("KEY-03", Status.PASSED, Status.UNEXPECTEDLY_PASSED, "it passes, although "),
        ("KEY-03", Status.ADAPTER_ERROR, Status.ADAPTER_ERROR, "what was seen"),
        ("KEY-06", Status.FAILED, Status.KNOWN_DEVIATION, "known until 2026-11-23: quoted (https"),
        ("ERR-07", Status.FAILED, Status.FAILED, "the known deviation expired on 2026-11-21"),
        ("ERR-07", Status.PASSED, Status.UNEXPECTEDLY_PASSED, "it passes, although "),
        ("KEY-01", Status.FAILED, Status.FAILED, "what was seen"),
        ("KEY-01", Status.PASSED, Status.PASSED, ""),
    ],
)
def test_what_becomes_of_a_result(
    path: Path, requirement: str, before: Status, after: Status, words: str
) -> None:
    judged = read(path).judge(Result(requirement, before, "what was seen"))
    assert judged.status is after
    assert words in judged.note


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            '"KEY-03"',
            '"KEY-99"',
            r"deviation\[0\]: there is no requirement KEY-99: did you mean KEY-0",
        ),
        ('"KEY-03"', '"ERR-07"', r"deviation\[1\]: ERR-07 is listed twice"),
        ('"KEY-03"', '"EXT-HADOOP-01"', "mine does not declare hadoop-safe-keys"),
        ('reason = "no growth"', 'reason = ""', r"deviation\[1\].reason is empty: expected a text"),
        (
            'reason = "no growth"\n',
            "",
            r"deviation\[1\].reason is missing: expected a text, such as",
        ),
        ("2026-11-21", '"2026-11-21"', "expected a date without quotes"),
        ("2026-11-21", "2026-11-21T10:00:00Z", "expected a date without quotes"),
        ("[[deviation]]", "[[deviations]]", "there is no key deviations: did you mean deviation?"),
        (
            "[[deviation]]",
            "[[deviation]]\nby = 1",
            r"deviation\[2\]: there is no key by: there are expires, issue, reason, req",
        ),
        ("[[", "[", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_in_words(path: Path, before: str, after: str, words: str) -> None:
    path.write_text(FILE.replace(before, after))
    with pytest.raises(UsageError, match=words):
        read(path)


def test_an_update_keeps_what_people_wrote(path: Path) -> None:
    statuses = {"KEY_03": Status.UNEXPECTEDLY_PASSED, "ERR_07": Status.FAILED}
    found = verdict(**statuses, ERR_08=Status.FAILED, ERR_09=Status.ADAPTER_ERROR)
    changes = update_known_deviations(read(path), found)
    assert changes == ("added ERR-08: give it a reason and an issue", "took out KEY-03")
    kept = FILE.index("# The next one")
    assert path.read_text() == (
        "# What we still have to do.\n"
        + FILE[kept:]
        + '\n[[deviation]]\nrequirement = "ERR-08"\nreason = "expected a seen b \\\\ \\"c\\""\n'
        'issue = "to be filed"\nexpires = 2027-02-20\n'
    )
    again = read(path)
    assert set(again.entries) == {"ERR-07", "ERR-08", "KEY-06"}
    assert again.unfiled == ("ERR-08",)


def test_an_update_leaves_alone_what_did_not_run(path: Path) -> None:
    assert update_known_deviations(read(path), verdict(KEY_01=Status.PASSED)) == ()
    assert path.read_text() == FILE


def test_an_update_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    update_known_deviations(KnownDeviations(path, {}, TODAY), verdict(KEY_01=Status.FAILED))
    assert set(read(path).entries) == {"KEY-01"}


def test_an_update_refuses_what_it_cannot_keep(path: Path) -> None:
    entry = '{requirement = "KEY-03", reason = "x", issue = "y", expires = 2027-01-01}'
    path.write_text(f"deviation = [{entry}]\n")
    with pytest.raises(UsageError, match="cannot be updated, and stays as it is"):
        update_known_deviations(read(path), verdict(KEY_01=Status.FAILED))
    assert entry in path.read_text()


def test_an_update_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    deviations = KnownDeviations(tmp_path / "nosuch" / "new.toml", {}, TODAY)
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        update_known_deviations(deviations, verdict(KEY_01=Status.FAILED))


@pytest.mark.parametrize(("length", "kept"), [(160, 160), (161, 160)])
def test_a_reason_is_cut_where_it_gets_long(tmp_path: Path, length: int, kept: int) -> None:
    path = tmp_path / "new.toml"
    requirement = next(r for r in all_requirements() if r.id == "KEY-01")
    result = failing("KEY-01", Status.FAILED, "x" * (length - len("expected a seen ")))
    update_known_deviations(KnownDeviations(path, {}, TODAY), Verdict(((requirement, result),)))
    reason = read(path).entries["KEY-01"].reason
    assert len(reason.removesuffix(" ...")) == kept
    assert reason.endswith(" ...") == (kept < length)
    assert reason.startswith("expected a seen xxx")


def test_the_exit_code_tells_known_from_unexpected() -> None:
    assert verdict(KEY_03=Status.KNOWN_DEVIATION).exit_code is ExitCode.CONFORMS
    assert not verdict(KEY_03=Status.KNOWN_DEVIATION).conformant
    assert verdict(KEY_03=Status.UNEXPECTEDLY_PASSED).exit_code is ExitCode.DOES_NOT_CONFORM
