"""Runs, rules and reports that no reporter made, for the tests of what reads them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from s3_reporter_conformance.adapters.retries import Jitter
from s3_reporter_conformance.spec.rules import Level, Rule
from s3_reporter_conformance.verdict.known_deviations import KnownDeviations
from s3_reporter_conformance.verdict.report import Report, Reporter, Suite
from s3_reporter_conformance.verdict.runs import Evidence, Finding, LogLine, Request, RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import (
    Basis,
    RuleResult,
    Verdict,
    conclude,
    rule_results,
)


def command(*words: str) -> str:
    """A command line for the reporter of these results."""
    return " ".join(("s3-reporter-conformance", *words)).replace("REPORTER", "reporter.toml")


def a_request(attempt: int | None = 1, status: int | None = 200, **changes: Any) -> Request:
    """An upload and its answer."""
    usual: dict[str, Any] = {
        "seconds": 0.5 * (attempt or 0),
        "operation": "PutObject",
        "method": "PUT",
        "target": "/reports/scans/ash-report-2026-01-15T10%3A30%3A00Z.json",
        "headers": {"content-type": "application/json", "content-length": "312"},
        "fault": None,
        "refusal": None,
        "wait": None,
    }
    return Request(attempt=attempt, status=status, **{**usual, **changes})


def an_evidence(**changes: Any) -> Evidence:
    """The observation of a call in which S3 takes the first upload."""
    usual: dict[str, Any] = {
        "requests": (a_request(),),
        "ready": True,
        "returned": "s3://reports/scans/ash-report-2026-01-15T10:30:00Z.json",
        "exception": None,
        "log": (LogLine(level="INFO", message="Uploaded the report"),),
        "stdout": "",
        "stderr": "",
        "objects": (),
        "files": (),
        "seconds": 0.25,
    }
    return Evidence(**{**usual, **changes})


def a_finding(rule: str = "KEY-01", **changes: Any) -> Finding:
    """A broken rule."""
    usual: dict[str, Any] = {
        "sentence": 'the object\'s key ends with ".json"',
        "diagram": "object_naming",
        "node": "json_extension",
        "expected": "a key that ends with .json",
        "seen": "scans/ash-report-2026-01-15T10:30:00Z",
    }
    return Finding(rule=rule, **{**usual, **changes})


def a_run(
    slug: str = "a-json-report",
    /,
    *,
    keeps: Iterable[str] = (),
    breaks: Iterable[str | Finding] = (),
    facts: dict[str, str] | None = None,
    evidence: Evidence | None = None,
    **changes: Any,
) -> RunResult:
    """A run that has given JSON, and whose status follows from what it breaks, unless told."""
    findings = tuple(a_finding(each) if isinstance(each, str) else each for each in breaks)
    usual: dict[str, Any] = {
        "name": slug.replace("-", " ").capitalize(),
        "rule": None,
        "feature": None,
        "unusual": False,
        "file": "features/object_naming.feature",
        "line": 20,
        "status": Status.FAILED if findings else Status.PASSED,
        "paths": {"object_naming": (("begin", "timestamp", "prefix", "file_format"),)},
        "calls": 1,
        "seconds": 0.5,
    }
    was_made = changes.get("status", Status.PASSED) in {Status.PASSED, Status.FAILED}
    usual["evidence"] = evidence or (an_evidence() if was_made else None)
    return RunResult(
        id=slug,
        facts=facts if facts is not None else {"file_format": "json"},
        kept=tuple(keeps),
        findings=findings,
        **{**usual, **changes},
    )


def a_written_rule(rule_id: str = "KEY-01", /, level: Level = Level.CORE, **changes: Any) -> Rule:
    """A rule as the features have it."""
    usual: dict[str, Any] = {
        "name": f"The name of {rule_id}",
        "feature": "retry-options" if level is Level.EXTENDED else None,
        "diagram": "object_naming",
        "node": "json_extension",
        "interpretations": (),
        "after": frozenset(),
        "unless": frozenset(),
        "text": "",
        "reason": "",
        "mistakes": "",
        "area": "retry_options" if level is Level.EXTENDED else "object_naming",
        "file": "features/object_naming.feature",
        "line": 10,
        "judgments": (),
        "gherkin": "",
    }
    return Rule(id=rule_id, level=level, **{**usual, **changes})


def a_rule(
    rule_id: str = "KEY-01", /, status: Status = Status.PASSED, **changes: Any
) -> RuleResult:
    """The verdict on a rule, which 40 runs judged; 27 broke it if it failed."""
    level = changes.get("level", Level.CORE)
    usual: dict[str, Any] = {
        "name": f"The name of {rule_id}",
        "level": Level.CORE,
        "binding": level,
        "feature": "retry-options" if level is Level.EXTENDED else None,
        "diagram": "object_naming",
        "node": "json_extension",
        "file": "features/object_naming.feature",
        "line": 10,
        "judged": 40 if status.ran else 0,
    }
    if status in {Status.FAILED, Status.KNOWN_DEVIATION}:
        finding = a_finding(rule_id)
        usual |= {
            "broken": 27,
            "whenever": "file_format is json",
            "broken_at": ("object_naming: json_extension",),
            "runs": ("a-json-report",),
            "expected": finding.expected,
            "seen": finding.seen,
            "sentence": finding.sentence,
            "repeat": command("verify", "REPORTER", "-k", "a-json-report"),
        }
    return RuleResult(id=rule_id, status=status, **{**usual, **changes})


def a_verdict(  # noqa: PLR0913 -- everything that a verdict is made of
    *runs: RunResult,
    rules: Iterable[Rule] = (),
    features: Iterable[str] = (),
    deviations: KnownDeviations | None = None,
    strict: bool = False,
    asked: Collection[str] | None = None,
    narrowed: Mapping[str, tuple[str, Sequence[RunResult]]] | None = None,
) -> Verdict:
    """The verdict on some runs, by some rules; by KEY-01 if none is given."""
    known = tuple(rules) or (a_written_rule(),)
    basis = Basis(
        rules=known,
        asked=frozenset(rule.id for rule in known if asked is None or rule.id in asked),
        runs=runs,
        features=frozenset(features),
        deviations=deviations or KnownDeviations(),
        command=command,
        narrowed=narrowed or {},
    )
    return Verdict(tuple(rule_results(basis)), runs, strict=strict)


def a_reporter(**changes: Any) -> Reporter:
    """A reporter that declares nothing."""
    usual: dict[str, Any] = {
        "name": "mine",
        "version": "1.2.3",
        "url": "",
        "adapter": "command:mine",
        "features": (),
        "max_retries": 3,
        "jitter": Jitter.NONE,
    }
    return Reporter(**{**usual, **changes})


def a_report(
    rules: Iterable[RuleResult] = (),
    runs: Iterable[RunResult] = (),
    *,
    strict: bool = False,
    **changes: Any,
) -> Report:
    """A report; what it concludes follows from its rules and runs."""
    verdict = Verdict(tuple(rules) or (a_rule(),), tuple(runs) or (a_run(),), strict=strict)
    conclusion = conclude(verdict)
    report = Report(
        suite=Suite(version="0.1.0"),
        reporter=a_reporter(),
        backend="moto 5.2.5",
        seed="1",
        started="2026-11-22T10:00:00+00:00",
        strict=strict,
        aborted="",
        conformant=verdict.conformant,
        conclusion=f"{conclusion.word}: {conclusion.reason}",
        summary={status: verdict.counts()[status] for status in Status},
        rules=verdict.rules,
        runs=verdict.runs,
    )
    return replace(report, **changes)
