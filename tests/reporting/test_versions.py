"""Reporters in several versions, in order, and what changed from one to the next."""

from collections.abc import Sequence

from results import a_report, a_reporter, a_rule, a_written_rule

from s3_reporter_conformance.reporting.html.reporters import Verified, verified
from s3_reporter_conformance.reporting.html.versions import changing, gained, histories
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

NAMING = [a_written_rule(each) for each in ("KEY-01", "KEY-02", "KEY-03")]
PASSED, FAILED = Status.PASSED, Status.FAILED


def of(version: str, *statuses: Status, name: str = "mine", backend: str = "moto 5") -> Report:
    """A report on a version, with the statuses of the first rules."""
    rules = [a_rule(f"KEY-0{number}", each) for number, each in enumerate(statuses, start=1)]
    return a_report(rules, reporter=a_reporter(name=name, version=version), backend=backend)


def versions(*reports: Report) -> list[list[str]]:
    found = histories(verified(reports))
    return [[each.report.reporter.version for each in history] for history in found]


def test_versions_are_ordered_by_number_or_as_given() -> None:
    assert versions(of("3.10.0"), of("3.9.1"), of("3.10.0rc1")) == [
        ["3.9.1", "3.10.0rc1", "3.10.0"]
    ]
    assert versions(of("winter"), of("autumn"), of("1.0")) == [["winter", "autumn", "1.0"]]


def test_each_reporter_has_a_history_on_each_backend() -> None:
    assert versions(of("1.0"), of("1.0", backend="Ceph"), of("2.0", name="theirs")) == []
    on_moto = [of("2.0", backend="moto 5.1"), of("1.0", backend="moto 5.2")]
    on_ceph = [of(version, backend="Ceph 16.2.15") for version in ("2.0", "1.0")]
    assert versions(*on_moto, *on_ceph, of("3.0")) == [["1.0", "2.0", "3.0"], ["1.0", "2.0"]]


def changes(history: Sequence[Verified]) -> list[list[str]]:
    """The rules that became better, became worse, and are not the same in all versions."""
    before, after = history
    found = (
        gained(before, after, NAMING),
        gained(after, before, NAMING),
        changing(history, NAMING),
    )
    return [[rule.id for rule in rules] for rules in found]


def test_a_step_tells_what_became_better_and_worse() -> None:
    given = verified([of("1", FAILED, PASSED), of("2", PASSED, FAILED, PASSED)])
    assert changes(given) == [["KEY-01"], ["KEY-02"], ["KEY-01", "KEY-02"]]
    unasked = verified([of("1", PASSED, Status.NOT_RUN), of("2", Status.NOT_SELECTED, PASSED)])
    assert changes(unasked) == [[], [], []]


def test_each_report_has_a_name_of_its_own_in_addresses() -> None:
    given = [of(version, name="ASH") for version in ("3.5.9", "3.4.0", "3.4.0")]
    given += [of("3.5.9", name="ASH", backend="Ceph 1.2"), of("3.5.9", name="!")]
    assert [each.slug for each in verified(given)] == [
        *("ash", "ash-3-4-0-no-1", "ash-3-4-0-no-2", "ash-3-5-9-ceph-1-2", "3-5-9")
    ]
