"""The conformance report, as JSON; `docs/report.schema.json` says what is in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..adapters.manifest import Manifest
from ..errors import UsageError
from ..schemas import violation
from ..spec.requirements import Requirement
from ..verdict.run_info import RunInfo
from ..verdict.verdict import Example, Result, Status, Verdict, conclude
from .failure import timeline

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Circumstances:
    """How a verdict came about.

    Attributes:
        manifest: The reporter.
        started: When the run began.
        notes: What the run told besides its results.
        repeat: Gives the line that runs a requirement again, by its id.
    """

    manifest: Manifest
    started: datetime
    run_info: RunInfo
    repeat: Callable[[str], str]


def report_of(verdict: Verdict, circumstances: Circumstances) -> dict[str, Any]:
    """Put a verdict into the report's form."""
    manifest = circumstances.manifest
    conclusion = conclude(verdict)
    return {
        "schema_version": SCHEMA_VERSION,
        "suite": {"name": "s3-reporter-conformance", "version": __version__},
        "reporter": {
            "name": manifest.name,
            "version": manifest.version,
            "url": manifest.url,
            "adapter": manifest.adapter,
            "features": sorted(manifest.features),
            "max_retries": manifest.max_retries,
            "jitter": manifest.jitter.value,
        },
        "backend": circumstances.run_info.backend,
        "seed": circumstances.run_info.seed,
        "started": circumstances.started.isoformat(timespec="seconds"),
        "aborted": click.unstyle(circumstances.run_info.aborted),
        "conformant": verdict.conformant,
        "conclusion": f"{conclusion.word}: {conclusion.reason}",
        "summary": {status.value: verdict.counts[status] for status in Status},
        "requirements": [
            _requirement(requirement, result, circumstances.repeat(requirement.id))
            for requirement, result in verdict.results
        ],
    }


def dump(report: dict[str, Any]) -> str:
    """Put a report into text."""
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


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
        case {"schema_version": version} if version != SCHEMA_VERSION:
            raise UsageError(
                f"{path} is a report of version {version}; expected version {SCHEMA_VERSION}"
            )
    if wrong := violation("report", report):
        wrong = wrong if len(wrong) <= _MOST else f"{wrong[:_MOST]} ..."
        raise UsageError(
            f"{path} is no conformance report, such as 'verify --report' writes: {wrong}"
        )
    return dict(report)


def reporter_of(report: dict[str, Any]) -> str:
    """Who was verified, with the version."""
    reporter = report["reporter"]
    return f"{reporter['name']} {reporter['version']}".strip()


def title(report: dict[str, Any]) -> str:
    """Who was verified on what, in a few words."""
    return f"{reporter_of(report)} on {report['backend']}"


_MOST = 300


def _requirement(requirement: Requirement, result: Result, repeat: str) -> dict[str, Any]:
    decisive = result.decisive
    findings = dict(decisive.findings) if decisive else {}
    expected = findings.pop("expected", None)
    return {
        "id": requirement.id,
        "name": requirement.name,
        "level": requirement.level.value,
        "feature": requirement.feature,
        "diagram": requirement.diagram,
        "path": requirement.path,
        "file": requirement.file,
        "line": requirement.line,
        "status": result.status.value,
        "message": click.unstyle(result.message),
        "expected": expected,
        "observed": next(iter(findings.values()), None),
        "diverged_at": _arrow(requirement, decisive),
        "wire": list(timeline(decisive)) if decisive else [],
        "seconds": round(result.seconds, 3),
        "repeat": repeat,
        "examples": [_example(requirement, example) for example in result.examples],
    }


def _example(requirement: Requirement, example: Example) -> dict[str, Any]:
    return {
        "number": example.number,
        "values": dict(example.values),
        "status": example.status.value,
        "seconds": example.seconds,
        "sentence": example.sentence,
        "findings": dict(example.findings),
        "diverged_at": _arrow(requirement, example),
        "evidence": dict(example.evidence) or None,
    }


def _arrow(requirement: Requirement, example: Example | None) -> dict[str, Any] | None:
    if example is None or example.diverged_at is None:
        return None
    arrow = requirement.arrows[example.diverged_at]
    return {"source": arrow.source, "target": arrow.target, "number": example.diverged_at}
