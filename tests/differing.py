"""Compares the report of a backend with that of moto, and with the known differences."""

from s3_reporter_conformance.spec.gherkin import all_rules
from s3_reporter_conformance.verdict.known_differences import read_known_differences
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

_NOT_ASKED = {Status.NOT_CLAIMED, Status.NOT_SELECTED}


def unlike_moto(report: Report) -> set[tuple[str, Status]]:
    """The rules whose status differs from moto, where every rule that is asked passes."""
    usual = {Status.PASSED, *_NOT_ASKED}
    return {
        (each.id, each.status)
        for each in report.rules
        # Spark is not installed here.
        if each.status not in usual and each.id != "EXT-HADOOP-02"
    }


def known_to_differ(report: Report) -> set[tuple[str, Status]]:
    """The known differences from moto, as far as their rules are asked."""
    asked = {each.id for each in report.rules if each.status not in _NOT_ASKED}
    return {
        (each.rule, each.status)
        for each in read_known_differences(None, all_rules())
        if each.is_about(report) and each.rule in asked
    }
