"""What a report says of a backend: where it is not as on moto, and where it is known not to be."""

from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.known_differences import read_known_differences
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status


def unlike_moto(report: Report) -> set[tuple[str, Status]]:
    """What is not as on moto, where everything passes that is claimed and was selected."""
    usual = {Status.PASSED, Status.NOT_CLAIMED, Status.NOT_SELECTED}
    return {
        (each.id, each.status)
        for each in report.requirements
        # Spark is not installed here.
        if each.status not in usual and each.id != "EXT-HADOOP-02"
    }


def known_to_differ(report: Report) -> set[tuple[str, Status]]:
    """What is known to differ from moto, as far as it was selected and claimed."""
    asked = {
        each.id
        for each in report.requirements
        if each.status not in {Status.NOT_CLAIMED, Status.NOT_SELECTED}
    }
    return {
        (each.requirement, each.status)
        for each in read_known_differences(None, all_requirements())
        if each.is_about(report) and each.requirement in asked
    }
