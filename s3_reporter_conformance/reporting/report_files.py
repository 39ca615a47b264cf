"""The conformance report is made of a verdict, written, and read."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from ..adapters.manifest import Manifest
from ..disk.input_files import converted, read_json
from ..verdict.report import SCHEMA_VERSION, Report, Reporter, RunInfo
from ..verdict.status import Status
from ..verdict.verdict import Verdict, conclude
from ..words.errors import UsageError
from .evidence import printable, redact

_clean = redact(None)


def report_of(verdict: Verdict, manifest: Manifest, run_info: RunInfo, started: datetime) -> Report:
    """Put a verdict into the report's form."""
    conclusion = conclude(verdict)
    return Report(
        reporter=Reporter(
            name=printable(manifest.name),
            version=printable(manifest.version),
            url=printable(manifest.url),
            adapter=printable(manifest.adapter),
            features=tuple(sorted(manifest.features)),
            max_retries=manifest.max_retries,
            jitter=manifest.jitter,
        ),
        backend=run_info.backend,
        seed=run_info.seed,
        started=started.isoformat(timespec="seconds"),
        strict=verdict.strict,
        aborted=_clean(run_info.aborted),
        conformant=verdict.conformant,
        conclusion=f"{conclusion.word}: {conclusion.reason}",
        summary={status: verdict.counts()[status] for status in Status},
        rules=verdict.rules,
        runs=verdict.runs,
    )


def dump(report: Report) -> str:
    """Put a report into text: a line for each rule and each run, so that differences are short."""
    head = msgspec.json.encode(replace(report, rules=(), runs=()))
    text = msgspec.json.format(head, indent=1).decode()
    for name in ("rules", "runs"):
        lines = (msgspec.json.encode(each).decode() for each in getattr(report, name))
        text = text.replace(f'"{name}": []', f'"{name}": [\n' + ",\n".join(lines) + "\n ]", 1)
    return f"{text}\n"


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
    return converted(path, _printable(document), Report, "report")


def _printable(document: Any) -> Any:
    """A parsed document of any origin, with texts that can be shown."""
    match document:
        case str():
            return printable(document)
        case list():
            return [_printable(each) for each in document]
        case dict():
            return {printable(name): _printable(value) for name, value in document.items()}
    return document
