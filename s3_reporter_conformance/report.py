"""The conformance report, as JSON."""

import json
from pathlib import Path
from typing import Any

from . import __version__
from .errors import UsageError
from .reporters.manifest import Manifest
from .verdict import Status, Verdict

SCHEMA_VERSION = 1


def report_of(verdict: Verdict, manifest: Manifest, backend: str) -> dict[str, Any]:
    """Put a verdict into the report's form."""
    return {
        "schema_version": SCHEMA_VERSION,
        "suite": {"name": "s3-reporter-conformance", "version": __version__},
        "reporter": {
            "name": manifest.name,
            "version": manifest.version,
            "url": manifest.url,
            "adapter": manifest.adapter,
            "features": sorted(manifest.features),
        },
        "backend": backend,
        "conformant": verdict.conformant,
        "summary": {status.value: verdict.counts[status] for status in Status},
        "requirements": [
            {
                "id": requirement.id,
                "name": requirement.name,
                "level": requirement.level.value,
                "feature": requirement.feature,
                "path": requirement.path,
                "status": result.status.value,
                "message": result.message,
            }
            for requirement, result in verdict.results
        ],
    }


def check_writable(path: Path) -> None:
    """Make sure, before a run takes its time, that its report can be written.

    Raises:
        UsageError: It cannot.
    """
    try:
        path.open("a").close()
    except OSError as error:
        raise _unwritable(path, error) from error


def write_report(report: dict[str, Any], path: Path) -> None:
    """Write a report.

    Raises:
        UsageError: The file cannot be written.
    """
    try:
        path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error


def read_report(path: Path) -> dict[str, Any]:
    """Read a conformance report.

    Raises:
        UsageError: It cannot be read, or is none.
    """
    try:
        report: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    match report:
        case {"schema_version": int(version), "requirements": [*_]}:
            if version == SCHEMA_VERSION:
                return dict(report)
            raise UsageError(
                f"{path} is a report of version {version}; expected version {SCHEMA_VERSION}"
            )
        case _:
            raise UsageError(f"{path} is no conformance report: 'verify --report' writes one")


def title(report: dict[str, Any]) -> str:
    """Who was verified on what, in a few words."""
    reporter = report["reporter"]
    version = reporter.get("version") or ""
    return f"{reporter['name']} {version}".strip() + f" on {report['backend']}"


def _unwritable(path: Path, error: OSError) -> UsageError:
    message = f"the report cannot be written to {path}: {error.strerror}"
    return UsageError(message)
