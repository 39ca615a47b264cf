"""Reporters in several versions, in order, and what changed from one to the next."""

from collections.abc import Sequence

from results import a_report, a_reporter, a_rule, a_written_rule

from s3_reporter_conformance.reporting.html.reporters import Verified, verified
from s3_reporter_conformance.reporting.html.versions import changing, gained, histories
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

NAMING = [a_written_rule(each) for each in ("KEY-01", "KEY-02", "KEY-03")]


def of(version: str, *statuses: Status, name: str = "mine", backend: str = "moto 5") -> Report:
    """A report on a version, with the statuses of the first rules."""
    rules = [a_rule(f"KEY-0{number}", each) for number, each in enumerate(statuses, start=1)]
    return a_report(rules, reporter=a_reporter(name=name, version=version), backend=backend)


def named(reports: Sequence[Verified]) -> list[str]:
    return [each.report.reporter.version for each in reports]


def test_versions_are_ordered_by_number() -> None:
    (history,) = histories(verified([of("3.10.0"), of("3.9.1"), of("3.10.0rc1")]))
    assert named(history) == ["3.9.1", "3.10.0rc1", "3.10.0"]


def test_versions_that_are_no_numbers_stay_as_given() -> None:
    (history,) = histories(verified([of("winter"), of("autumn"), of("1.0")]))
    assert named(history) == ["winter", "autumn", "1.0"]


def test_one_version_is_no_history() -> None:
    given = [of("1.0"), of("1.0", backend="Ceph"), of("2.0", name="theirs")]
    assert histories(verified(given)) == []


def test_each_backend_has_a_history_of_its_own() -> None:
    given = [
        of(version, backend=backend)
        for version in ("2.0", "1.0")
        for backend in ("moto 5.1", "Ceph 16.2.15")
    ]
    on_moto, on_ceph = histories(verified([*given, of("3.0", backend="moto 5.2")]))
    assert named(on_moto) == ["1.0", "2.0", "3.0"]
    assert named(on_ceph) == ["1.0", "2.0"]
    assert on_ceph[-1].name == "mine 2.0 (Ceph 16.2.15)"


def test_a_step_tells_what_became_better_and_worse() -> None:
    before = of("1", Status.FAILED, Status.PASSED)
    after = of("2", Status.PASSED, Status.FAILED, Status.PASSED)
    (history,) = histories(verified([after, before]))
    assert gained(*history, NAMING) == [NAMING[0]]
    assert gained(*reversed(history), NAMING) == [NAMING[1]]
    assert changing(history, NAMING) == NAMING[:2]


def test_a_rule_that_was_not_asked_is_neither_better_nor_worse() -> None:
    before = of("1", Status.PASSED, Status.NOT_RUN)
    after = of("2", Status.NOT_SELECTED, Status.PASSED)
    (history,) = histories(verified([before, after]))
    assert gained(*history, NAMING) == gained(*reversed(history), NAMING) == []
    assert changing(history, NAMING) == []


def test_each_report_has_a_name_of_its_own_in_addresses() -> None:
    given = [of(version, name="ASH") for version in ("3.5.9", "3.4.0", "3.4.0")]
    assert [each.slug for each in verified(given)] == ["ash", "ash-3-4-0-no-1", "ash-3-4-0-no-2"]
    backends = [of("3.5.9", name="ASH", backend=each) for each in ("moto 5", "Ceph 1.2", "B 4.48")]
    assert [each.slug for each in verified(backends)] == [
        "ash",
        "ash-3-5-9-ceph-1-2",
        "ash-3-5-9-b-4-48",
    ]
