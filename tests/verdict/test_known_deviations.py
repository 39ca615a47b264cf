"""A known deviation must still fail, under its circumstances alone, and only until its day."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from results import a_rule, a_run, a_verdict, a_written_rule

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.known_deviations import (
    KnownDeviations,
    read_known_deviations,
    update_known_deviations,
)
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult, Verdict
from s3_reporter_conformance.words.errors import UsageError

TODAY = date(2026, 11, 22)
MANIFEST = Manifest("mine", "python:mine:Reporter")
RULES = [
    *(a_written_rule(name) for name in ("KEY-01", "KEY-03", "KEY-06", "ERR-07", "ERR-08")),
    a_written_rule("EXT-RETRY-01", Level.EXTENDED),
]
FILE = '''# What we still have to do.
[[deviation]]
rule = "KEY-03"  # joined as is
whenever = "file_format is yaml"
reason = """
joined
# as it is"""
issue = "https://example.org/1"
expires = 2026-11-22

# The next one is hard.
[[deviation]]
rule = "ERR-07"
reason = "no growth"
issue = "https://example.org/2"
expires = 2026-11-21

[[deviation]]
rule = "KEY-06"
reason = "quoted"
issue = "https://example.org/3"
expires = 2026-11-23
# The end.
'''
FAMILY = (
    FILE
    + """
[[deviation]]
rule = "ERR-*"
reason = "retries"
issue = "https://example.org/4"
expires = 2026-11-23
"""
)
YAML, JSON = {"file_format": "yaml"}, {"file_format": "json"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "known.toml").write_text(FILE)
    return tmp_path / "known.toml"


def read(path: Path) -> KnownDeviations:
    found = read_known_deviations(path, RULES, MANIFEST)
    return KnownDeviations(found.path, found.entries, TODAY)


def on(name: str, path: Path, *runs: RunResult) -> RuleResult:
    """The verdict on a rule, in the light of the file."""
    rules = [rule for rule in RULES if rule.id == name]
    [rule] = a_verdict(*runs, rules=rules, deviations=read(path)).rules
    return rule


def breaking(name: str, facts: dict[str, str] = YAML, count: int = 1) -> list[RunResult]:
    return [a_run(f"breaks-{n}", breaks=[name], facts=facts) for n in range(count)]


def keeping(name: str, facts: dict[str, str] = JSON) -> RunResult:
    return a_run("keeps", keeps=[name], facts=facts)


def verdict(*rules: RuleResult) -> Verdict:
    return Verdict(rules, (a_run(),))


MORE = a_run("more", breaks=["KEY-03"], facts=JSON)
NOT_SELECTED = a_run("other", status=Status.NOT_SELECTED)
KNOWN = "known until today: joined\n# as it is (https://example.org/1)"
TOMORROW = "known until 2026-11-23, for 1 more day: retries"
WIDER = "known only whenever file_format is yaml; also broken in more"
PARTLY = "known to be broken whenever file_format is yaml, but it holds in keeps"
EXPIRED = "the known deviation expired on 2026-11-2"
HOLDS = "it holds, although "


@pytest.mark.parametrize(
    ("name", "runs", "status", "note"),
    [
        ("KEY-03", [*breaking("KEY-03"), keeping("KEY-03")], Status.KNOWN_DEVIATION, KNOWN),
        ("KEY-03", [*breaking("KEY-03"), MORE], Status.FAILED, WIDER),
        ("KEY-03", [MORE], Status.FAILED, WIDER.replace("; also", ", which is so in no run;")),
        ("KEY-03", [*breaking("KEY-03"), keeping("KEY-03", YAML)], Status.FAILED, PARTLY),
        ("KEY-06", [*breaking("KEY-06", JSON), keeping("KEY-06")], Status.KNOWN_DEVIATION, "known"),
        ("ERR-07", breaking("ERR-07"), Status.FAILED, EXPIRED),
        ("KEY-01", breaking("KEY-01"), Status.FAILED, ""),
        ("KEY-03", [keeping("KEY-03", YAML)], Status.UNEXPECTEDLY_PASSED, HOLDS),
        ("KEY-03", [keeping("KEY-03", JSON)], Status.PASSED, ""),
        ("KEY-06", [keeping("KEY-06")], Status.UNEXPECTEDLY_PASSED, HOLDS),
        ("KEY-06", [keeping("KEY-06"), NOT_SELECTED], Status.PASSED, ""),
        ("ERR-07", [keeping("ERR-07")], Status.UNEXPECTEDLY_PASSED, HOLDS),
    ],
)
def test_a_deviation_is_known_under_its_circumstances_and_until_its_day(
    path: Path, name: str, runs: Iterable[RunResult], status: Status, note: str
) -> None:
    rule = on(name, path, *runs)
    assert rule.status is status
    assert rule.note.startswith(note)


@pytest.mark.parametrize(
    ("name", "runs", "status", "note"),
    [
        ("ERR-08", breaking("ERR-08"), Status.KNOWN_DEVIATION, TOMORROW),
        # It has an entry of its own.
        ("ERR-07", breaking("ERR-07"), Status.FAILED, EXPIRED),
        ("ERR-08", [keeping("ERR-08"), *breaking("ERR-07")], Status.PASSED, ""),
        ("ERR-08", [keeping("ERR-08")], Status.UNEXPECTEDLY_PASSED, HOLDS),
        ("KEY-01", breaking("KEY-01"), Status.FAILED, ""),
    ],
)
def test_a_family_is_known_as_long_as_one_of_it_is_broken(
    path: Path, name: str, runs: Iterable[RunResult], status: Status, note: str
) -> None:
    path.write_text(FAMILY)
    rule = on(name, path, *runs)
    assert (rule.status, rule.note[: len(note)]) == (status, note)
    gone = verdict(*(a_rule(each, Status.UNEXPECTEDLY_PASSED) for each in ("ERR-08", "ERR-09")))
    assert update_known_deviations(read(path), gone) == ("removed ERR-*",)


@pytest.mark.parametrize("runs", [breaking("KEY-06"), [keeping("KEY-06")]])
def test_what_is_flaky_is_told_whether_it_holds_or_not(path: Path, runs: list[RunResult]) -> None:
    path.write_text(f"{FILE}flaky = true\n")
    told = on("KEY-06", path, *runs)
    assert told.status is Status.KNOWN_DEVIATION
    assert "known until 2026-11-23, for 1 more day: quoted" in told.note
    path.write_text(path.read_text().replace("2026-11-23", "2026-11-21"))
    expired = {Status.FAILED, Status.UNEXPECTEDLY_PASSED}
    assert on("KEY-06", path, *runs).status in expired


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"KEY-03"', '"KEY-99"', r"deviation\[0\]: there is no rule KEY-99: did you mean KEY-0"),
        ('"KEY-03"', '"KEYS-*"', r"there is no rule KEYS-\*: did you mean KEY-\*"),
        ('"KEY-03"', '"EXT-RETRY-*"', "mine does not declare retry-options"),
        ('"KEY-03"', '"ERR-07"', r"deviation\[1\]: ERR-07 is listed twice"),
        ('"KEY-03"', '"EXT-RETRY-01"', "mine does not declare retry-options"),
        ("file_format is yaml", "yaml", r"\[0\].whenever: Expected another text \(The circ"),
        ('reason = "no growth"\n', "", r"deviation\[1\].reason: missing \(Why the reporter breaks"),
        ("2026-11-21", '"soon"', r"expires: Invalid RFC3339 encoded date \(The last day"),
        ("[[deviation]]", "[[deviations]]", "there is no key deviations: did you mean deviation?"),
        ("[[deviation]]", "[[deviation]]\nby = 1", r"deviation\[0\]: there is no key by: there "),
        (FILE, "[deviation]", r"deviation: Expected `array`, got `object` .*begins with \[\[dev"),
    ],
)
def test_a_wrong_file_is_refused_in_words(path: Path, before: str, after: str, words: str) -> None:
    path.write_text(FILE.replace(before, after))
    with pytest.raises(UsageError, match=words):
        read(path)


def test_an_update_keeps_what_people_wrote(path: Path) -> None:
    assert update_known_deviations(read(path), verdict(a_rule("KEY-01"))) == ()
    assert path.read_text() == FILE
    found = verdict(
        a_rule("KEY-03", Status.UNEXPECTEDLY_PASSED),
        a_rule("ERR-07", Status.FAILED, note="it expired"),
        a_rule("ERR-08", Status.FAILED, expected="a", seen='b \\ "c"', whenever="format is yaml"),
        a_rule("KEY-01", Status.ADAPTER_ERROR),
    )
    changes = update_known_deviations(read(path), found)
    assert changes == ("removed KEY-03", "added ERR-08: give it an issue")
    kept = FILE.index("# The next one")
    assert path.read_text() == (
        "# What we still have to do.\n"
        + FILE[kept:]
        + '\n[[deviation]]\nrule = "ERR-08"\nwhenever = "format is yaml"\n'
        'reason = "expected a; seen b \\\\ \\"c\\""\nissue = "to be filed"\nexpires = 2027-02-20\n'
    )
    assert set(read(path).entries) == {"ERR-07", "ERR-08", "KEY-06"}


def test_what_is_always_broken_holds_in_no_run(path: Path) -> None:
    path.write_text(FILE.replace("file_format is yaml", "always"))
    runs = breaking("KEY-03", count=3)
    assert on("KEY-03", path, *runs, NOT_SELECTED).status is Status.KNOWN_DEVIATION
    better = on("KEY-03", path, *runs, keeping("KEY-03"))
    assert better.status is Status.FAILED
    assert better.note == "known to be broken always, but it holds in keeps"
    changes = update_known_deviations(read(path), verdict(better))
    assert changes == (f"renewed KEY-03: KEY-03 is broken {better.extent}",)
    assert path.read_text() == FILE
    path.write_text(FILE.replace('"file_format is yaml"', '"always"\nflaky = true'))
    assert on("KEY-03", path, *runs, keeping("KEY-03")).status is Status.KNOWN_DEVIATION


def test_an_update_renews_what_is_broken_elsewhere_and_makes_a_file(path: Path) -> None:
    runs = [*breaking("KEY-03", count=2), a_run("more", breaks=["KEY-03"], facts=JSON)]
    wider = on("KEY-03", path, *runs, keeping("KEY-03", JSON))
    changes = update_known_deviations(read(path), verdict(wider))
    assert changes == ("renewed KEY-03: KEY-03 is broken in 3 of 4 runs",)
    assert path.read_text() == FILE.replace('whenever = "file_format is yaml"\n', "")
    new = KnownDeviations(path.with_name("new.toml"), {}, TODAY)
    update_known_deviations(new, verdict(wider))
    for each in (path, new.path):
        assert on("KEY-03", each, *runs).status is Status.KNOWN_DEVIATION


def test_an_update_refuses_what_it_cannot_keep(path: Path) -> None:
    entry = '{rule = "KEY-03", reason = "x", issue = "y", expires = 2027-01-01}'
    path.write_text(f"deviation = [{entry}]\n")
    with pytest.raises(UsageError, match="cannot be updated, and stays as it is"):
        update_known_deviations(read(path), verdict(a_rule("KEY-01", Status.FAILED)))
    assert entry in path.read_text()
