"""The part of the `ash-scan:` adapter that runs in a process with ASH installed.

It runs ASH's command line as a user does, with a configuration file, and lets ASH decide whether
and how to run its S3 reporter.  ASH 3.x is installed from its own repository, so the suite cannot
depend on it or its types.
"""

import importlib
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..errors import AdapterError, UnsupportedError
from .ash_files import (
    LOG,
    RESULTS,
    RETURNED,
    changed_paths,
    log_records,
    read,
    results_file,
    set_aside,
)
from .base import Call
from .program import Program, Ran
from .scan_results import ScanResults, sample_scan

_PACKAGE = "automated_security_helper"
_PLUGINS = f"{_PACKAGE}.plugin_modules.ash_aws_plugins"
_REPORTER = "S3Reporter"
# ASH's exit codes: nothing to act on, findings to act on, a configuration that it rejects.
_ENDINGS = (0, 2, 3)


def as_program(run_app: Callable[[], None]) -> "AshProgram":
    """Turn the function behind ASH's command line into a program."""
    # ASH imports these when a scan begins, which each process would do anew.
    for module in ("interactions.run_ash_scan", "core.orchestrator", "plugin_modules.ash_builtin"):
        _import(module)
    importlib.import_module(_PLUGINS)
    return AshProgram(run_app)


class AshProgram(Program):
    """Runs ASH's report phase over the results that a scenario gives."""

    def __init__(self, run_app: Callable[[], None]) -> None:
        """Store the function behind ASH's command line."""
        self._run_app = run_app

    def run(self, call: Call) -> Ran:
        """Run ASH once; see `Program.run`."""
        _expect_possible(call)
        document = results_file(call.results)
        handed = _handed(document)
        _expect_no_loss(call.results, handed)
        started = _reporters_that_start()
        aside = call.scratch / "of ASH Core"
        with set_aside(call.output_dir, aside):
            (call.output_dir / RESULTS).write_text(document, encoding="utf-8")
            source = call.scratch / "source"
            source.mkdir()
            code = self._ash(call, source, "--use-existing", "--phases", "report")
        ready = _REPORTER in started
        if not ready and code not in _ENDINGS:
            message = f"ash scan exited with code {code} before it came to its reporters"
            raise AdapterError(message)
        returned = read(aside / RETURNED)
        wordless = ready and returned is None
        return Ran(
            ready=ready,
            handed=handed,
            log=tuple(log_records(read(aside / LOG) or "")),
            returned=returned,
            exception=f"ASH ran its reporter, and wrote no {RETURNED}" if wordless else None,
        )

    def _ash(self, call: Call, source: Path, *arguments: str) -> int:
        """Run ASH's command line; return its exit code."""
        config = call.scratch / "ash.json"
        config.write_text(json.dumps(_configuration(call.options)), encoding="utf-8")
        sys.argv[:] = [
            *("ash", "scan", "--mode", "local"),
            *("--source-dir", str(source)),
            *("--output-dir", str(call.output_dir)),
            *("--config", str(config)),
            *("--ash-plugin-modules", _PLUGINS),
            *("--no-progress", "--no-show-summary"),
            "--debug" if call.debug else "--quiet",
            *arguments,
        ]
        try:
            self._run_app()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        return 0


def _expect_possible(call: Call) -> None:
    """Make sure that ASH comes to its reporter in this scenario.

    Raises:
        UnsupportedError: It does not, whatever its reporter is like.
    """
    if call.report_anyway:
        message = "ASH does not run a reporter that is not ready"
        raise UnsupportedError(message)
    if (call.output_dir / "reports").is_file():
        message = "ASH makes the folder reports itself, before it comes to its reporters"
        raise UnsupportedError(message)


def _configuration(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """ASH's configuration: the S3 reporter with its options, and no other reporter."""
    reporters: dict[str, Any] = {
        plugin.__name__.removesuffix("Reporter").lower(): {"enabled": False}
        for plugin in _plugin_manager().plugin_modules("reporter")
        if plugin.__name__ != _REPORTER
    }
    reporters["s3"] = {"enabled": True, "options": dict(options)}
    return {"reporters": reporters}


def _handed(document: str) -> dict[str, Any]:
    """What ASH's own model makes of a file, and hands to its reporters.

    It counts the findings anew, and leaves out what nobody has set.
    """
    model = _import("models.asharp_model").AshAggregatedResults.from_json(json.loads(document))
    counted = _import("core.unified_metrics").populate_metrics_from_unified_source(
        aggregated_results=model
    )
    handed: dict[str, Any] = json.loads(json.dumps(counted.to_simple_dict(), default=str))
    return handed


def _expect_no_loss(results: ScanResults, handed: Mapping[str, Any]) -> None:
    """Make sure that what the scenario is about reaches the reporter.

    Raises:
        UnsupportedError: ASH replaces it by something of its own, or drops it.
    """
    sample = sample_scan()
    usual = set(changed_paths(sample.data, _handed(results_file(sample))))
    lost = set(changed_paths(results.data, handed)) - usual
    if lost:
        message = f"ASH replaces or drops {', '.join(sorted(lost)[:3])} of the results it reads"
        raise UnsupportedError(message)


def _reporters_that_start() -> list[str]:
    """The names of the reporters' classes, which fill this list as ASH runs them."""
    started: list[str] = []

    def note(**event: Any) -> None:
        started.append(event["reporter_class"])

    _plugin_manager().subscribe(_import("plugins.events").AshEventType.REPORT_START, note)
    return started


def _plugin_manager() -> Any:
    return _import("plugins").ash_plugin_manager


def _import(module: str) -> Any:
    return importlib.import_module(f"{_PACKAGE}.{module}")
