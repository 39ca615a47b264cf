"""Versions of a reporter: which belong together, their order, and what changed."""

from making_reports import make_report

from s3_reporter_conformance.reporting.html.results import Verified, verified
from s3_reporter_conformance.reporting.html.versions import histories
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.status import Status

NAMING = [r for r in all_requirements() if r.id in {"KEY-01", "KEY-02", "KEY-03"}]


def named(reports: tuple[Verified, ...]) -> list[str]:
    return [each.report.reporter.version for each in reports]


def test_versions_are_ordered_by_number() -> None:
    given = [make_report(reporter_version=each) for each in ("3.10.0", "3.9.1", "3.10.0rc1")]
    (history,) = histories(verified(given))
    assert named(history.versions) == ["3.9.1", "3.10.0rc1", "3.10.0"]
    assert history.newest.report.reporter.version == "3.10.0"
    assert named(history.older) == ["3.9.1", "3.10.0rc1"]


def test_versions_that_are_no_numbers_stay_as_given() -> None:
    given = [make_report(reporter_version=each) for each in ("winter", "autumn", "1.0")]
    (history,) = histories(verified(given))
    assert named(history.versions) == ["winter", "autumn", "1.0"]


def test_one_version_is_no_history() -> None:
    same = [make_report(reporter_version="1.0", backend=each) for each in ("moto 5", "Ceph")]
    other = make_report(name="theirs", reporter_version="2.0")
    assert histories(verified([*same, other])) == []


def test_each_backend_has_a_history_of_its_own() -> None:
    given = [
        make_report(reporter_version=version, backend=backend)
        for version in ("2.0", "1.0")
        for backend in ("moto 5.1", "Ceph 16.2.15")
    ]
    newer = make_report(reporter_version="3.0", backend="moto 5.2")
    on_moto, on_ceph = histories(verified([*given, newer]))
    assert named(on_moto.versions) == ["1.0", "2.0", "3.0"]
    assert named(on_ceph.versions) == ["1.0", "2.0"]
    assert on_ceph.newest.name == "mine 2.0 (Ceph 16.2.15)"


def test_a_step_tells_what_became_better_and_worse() -> None:
    before = make_report(reporter_version="1", KEY_01=Status.FAILED, KEY_02=Status.PASSED)
    after = make_report(
        reporter_version="2", KEY_01=Status.PASSED, KEY_02=Status.FAILED, KEY_03=Status.PASSED
    )
    (history,) = histories(verified([after, before]))
    (step,) = history.steps()
    assert [each.id for each in step.better(NAMING)] == ["KEY-01"]
    assert [each.id for each in step.worse(NAMING)] == ["KEY-02"]
    assert [each.id for each in history.changing(NAMING)] == ["KEY-01", "KEY-02"]


def test_what_was_not_asked_is_neither_better_nor_worse() -> None:
    before = make_report(reporter_version="1", KEY_01=Status.PASSED, KEY_02=Status.NOT_RUN)
    after = make_report(reporter_version="2", KEY_01=Status.NOT_SELECTED, KEY_02=Status.PASSED)
    (history,) = histories(verified([before, after]))
    (step,) = history.steps()
    assert [step.better(NAMING), step.worse(NAMING), history.changing(NAMING)] == [[], [], []]


def test_each_report_has_a_name_of_its_own_on_the_pages() -> None:
    given = [make_report(name="ASH", reporter_version=each) for each in ("3.5.9", "3.4.0", "3.4.0")]
    assert [each.slug for each in verified(given)] == ["ash", "ash-3-4-0", "ash-3-4-0-no-2"]


def test_the_pages_of_a_reporter_on_another_backend_are_named_after_it() -> None:
    given = [
        make_report(name="ASH", reporter_version="3.5.9", backend=each)
        for each in ("moto 5", "Ceph 16.2.15", "SeaweedFS 4.48")
    ]
    assert [each.slug for each in verified(given)] == [
        "ash",
        "ash-3-5-9",
        "ash-3-5-9-seaweedfs-4-48",
    ]
