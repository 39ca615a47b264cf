"""Conformance reports that no run wrote, for tests of what reads them."""

from collections import Counter
from typing import Any

from s3_reporter_conformance.adapters.manifest import Jitter
from s3_reporter_conformance.spec.requirements import Level
from s3_reporter_conformance.verdict.report import Report, ReportedRequirement, Reporter, Suite
from s3_reporter_conformance.verdict.status import Status


def make_report(
    *requirements: ReportedRequirement,
    version: str = "0.1.0",
    name: str = "mine",
    reporter_version: str = "",
    backend: str = "moto 5",
    **statuses: Status,
) -> Report:
    """A conformance report with some requirements and some statuses, the ids written with `_`."""
    reported = (
        *requirements,
        *(make_requirement(each.replace("_", "-"), status) for each, status in statuses.items()),
    )
    counts = Counter(each.status for each in reported)
    return Report(
        suite=Suite(version=version),
        reporter=Reporter(
            name=name,
            version=reporter_version,
            url="",
            adapter="command:mine",
            features=(),
            max_retries=3,
            jitter=Jitter.NONE,
        ),
        backend=backend,
        seed="1",
        started="2026-11-22T10:00:00+00:00",
        aborted="",
        conformant=False,
        conclusion="Does not conform: that is made up",
        summary={status: counts[status] for status in Status},
        requirements=reported,
    )


def make_requirement(name: str, status: Status, **more: Any) -> ReportedRequirement:
    """A requirement in a report.

    Args:
        name: Its id.
        status: What became of it.
        more: Fields of it that are not as usual.
    """
    extended = name.startswith("EXT-")
    usual: dict[str, Any] = {
        "name": "x",
        "level": Level.EXTENDED if extended else Level.CORE,
        "feature": "local-name" if extended else None,
        "diagram": "object_naming",
        "path": "json",
        "file": "features/object_naming.feature",
        "line": 1,
        "message": "",
        "expected": None,
        "observed": None,
        "diverged_at": None,
        "wire": (),
        "seconds": 0.5,
        "repeat": f"s3-reporter-conformance verify mine -k {name}",
        "examples": (),
    }
    return ReportedRequirement(id=name, status=status, **{**usual, **more})
