"""Conformance reports that no run wrote, for tests of what reads them."""

from collections import Counter
from typing import Any

from s3_reporter_conformance.verdict.verdict import Status


def make_report(
    version: str = "0.1.0", name: str = "mine", backend: str = "moto 5", **statuses: str
) -> dict[str, Any]:
    """A conformance report with some statuses, the ids written with `_`."""
    counts = Counter(statuses.values())
    return {
        "schema_version": 1,
        "suite": {"name": "s3-reporter-conformance", "version": version},
        "reporter": {
            "name": name,
            "version": "",
            "url": "",
            "adapter": "command:mine",
            "features": [],
            "max_retries": 3,
            "jitter": "none",
        },
        "backend": backend,
        "seed": "1",
        "started": "2026-11-22T10:00:00+00:00",
        "aborted": "",
        "conformant": False,
        "conclusion": "Does not conform: that is made up",
        "summary": {status.value: counts[status.value] for status in Status},
        "requirements": [
            make_requirement(name.replace("_", "-"), status) for name, status in statuses.items()
        ],
    }


def make_requirement(name: str, status: str, **more: Any) -> dict[str, Any]:
    """A requirement in a report."""
    extended = name.startswith("EXT-")
    return {
        "id": name,
        "name": "x",
        "level": "extended" if extended else "core",
        "feature": "local-name" if extended else None,
        "diagram": "object_naming",
        "path": "json",
        "file": "features/object_naming.feature",
        "line": 1,
        "status": status,
        "message": "",
        "expected": None,
        "observed": None,
        "diverged_at": None,
        "wire": [],
        "seconds": 0.5,
        "repeat": f"s3-reporter-conformance verify mine -k {name}",
        "examples": [],
        **more,
    }
