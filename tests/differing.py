"""Compares the report of a backend with that of moto, and with the table in `docs/backends.md`."""

from pathlib import Path

from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

PAGE = Path(__file__).parents[1] / "docs" / "backends.md"
_NOT_ASKED = {Status.NOT_CLAIMED, Status.NOT_SELECTED}


def unlike_moto(report: Report) -> set[tuple[str, str]]:
    """The rules whose status differs from moto, where every rule that is asked passes."""
    usual = {Status.PASSED, *_NOT_ASKED}
    return {
        (each.id, each.status.words)
        for each in report.rules
        # Spark is not installed here.
        if each.status not in usual and each.id != "EXT-HADOOP-02"
    }


def known_to_differ(report: Report) -> set[tuple[str, str]]:
    """The differences from moto that the page has, as far as their rules are asked."""
    asked = {each.id for each in report.rules if each.status not in _NOT_ASKED}
    return {
        (rule, words)
        for backend, rule, words in differences(PAGE.read_text())
        if backend == report.backend_name and rule in asked
    }


def differences(page: str) -> set[tuple[str, str, str]]:
    """The cells of the table that differ from moto: a backend, a rule, and a status in words."""
    lines = (line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| "))
    found: set[tuple[str, str, str]] = set()
    backends: list[str] = []
    for name, moto, *others in lines:
        if name == "rule":
            # Without the version.
            backends = [each.rpartition(" ")[0] for each in others]
        elif backends:
            cells = zip(backends, others, strict=True)
            found |= {(backend, name, words) for backend, words in cells if words != moto}
    return found
