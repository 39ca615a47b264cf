"""The conformance report is made of a verdict, written, and read."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import cattrs

from ..adapters.manifest import Manifest
from ..errors import UsageError
from ..schemas import expect_none, read_json, violations
from ..spec.requirements import Requirement
from ..verdict.report import SCHEMA_VERSION, Report, ReportedRequirement, Reporter
from ..verdict.run_info import RunInfo
from ..verdict.status import Status
from ..verdict.verdict import Result, Verdict, conclude
from .evidence import redact
from .failure import Command, explain, repeat, timeline
from .printable import printable

_clean = redact(None)


@dataclass(frozen=True)
class Circumstances:
    """How a verdict came about.

    Attributes:
        manifest: The reporter.
        started: When the run began.
        run_info: What the run told besides its results.
        command: Gives a command line for the same reporter.
    """

    manifest: Manifest
    started: datetime
    run_info: RunInfo
    command: Command


def report_of(verdict: Verdict, circumstances: Circumstances) -> Report:
    """Put a verdict into the report's form."""
    manifest, run_info = circumstances.manifest, circumstances.run_info
    conclusion = conclude(verdict)
    return Report(
        reporter=Reporter(
            name=printable(manifest.name),
            version=printable(manifest.version),
            url=printable(manifest.url),
            adapter=manifest.adapter,
            features=tuple(sorted(manifest.features)),
            max_retries=manifest.max_retries,
            jitter=manifest.jitter,
        ),
        backend=run_info.backend,
        seed=run_info.seed,
        started=circumstances.started.isoformat(timespec="seconds"),
        aborted=_clean(run_info.aborted),
        conformant=verdict.conformant,
        conclusion=f"{conclusion.word}: {conclusion.reason}",
        summary={status: verdict.counts[status] for status in Status},
        requirements=tuple(
            _reported(requirement, result, circumstances.command)
            for requirement, result in verdict.results
        ),
    )


def dump(report: Report) -> str:
    """Put a report into text."""
    return json.dumps(cattrs.unstructure(report), indent=1, ensure_ascii=False) + "\n"


def read_report(path: Path) -> Report:
    """Read a conformance report.

    Raises:
        UsageError: It cannot be read, is of another version, or is none.
    """
    document = read_json(path)
    match document:
        case {"schema_version": int(version)} if version != SCHEMA_VERSION:
            raise UsageError(
                f"{path} is a conformance report of version {version}; expected version "
                f"{SCHEMA_VERSION}: write it anew with 'verify --report' of this suite"
            )
    expect_none(path, "report", violations("report", document))
    return cattrs.structure(_printable(document), Report)


def _printable(document: Any) -> Any:
    """A parsed document, whoever wrote it, with texts that can be shown."""
    match document:
        case str():
            return printable(document)
        case list():
            return [_printable(each) for each in document]
        case dict():
            return {printable(name): _printable(value) for name, value in document.items()}
    return document


def _reported(requirement: Requirement, result: Result, command: Command) -> ReportedRequirement:
    decisive = result.decisive
    findings = dict(decisive.findings) if decisive else {}
    expected = findings.pop("expected", None)
    message = "\n".join(map(str, explain(requirement, result, command)))
    return ReportedRequirement(
        id=requirement.id,
        name=requirement.name,
        level=requirement.level,
        feature=requirement.feature,
        diagram=requirement.diagram,
        path=requirement.path,
        file=requirement.file,
        line=requirement.line,
        status=result.status,
        message=printable(message),
        expected=expected,
        observed=next(iter(findings.values()), None),
        diverged_at=decisive.diverged_at if decisive else None,
        wire=tuple(timeline(decisive.evidence)) if decisive else (),
        seconds=round(result.seconds, 3),
        repeat=command(*repeat(requirement.id)),
        examples=result.examples,
    )
