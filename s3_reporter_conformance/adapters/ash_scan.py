"""The part of the `ash-scan:` adapter that runs in a process with ASH installed.

It runs ASH's command line as a user does, with a configuration file, and lets ASH decide whether
and how to run its S3 reporter.  ASH 3.x is installed from its own repository, so the suite cannot
depend on it or its types.
"""

import importlib
import json
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError, UnsupportedError
from .ash_files import (
    LOG,
    changed_paths,
    log_records,
    read,
    results_file,
    set_aside,
)
from .base import Call
from .program import Program, Ran
from .scan_results import ScanResults, sample_scan
from .scanned import RESULTS, RETURNED

_PACKAGE = "automated_security_helper"
_PLUGINS = f"{_PACKAGE}.plugin_modules.ash_aws_plugins"
_REPORTER = "S3Reporter"
# What counts the findings anew.
_COUNT = "populate_metrics_from_unified_source"
# The scanner that starts no program, and reporters whose files somebody needs besides S3's.
_SCANNER = "detect-secrets"
_OTHER_REPORTERS = ("SarifReporter", "CsvReporter", "FlatJSONReporter")
# ASH's exit codes: nothing to act on, findings to act on, a configuration that it rejects.
_ENDINGS = (0, 2, 3)


def as_program(run_app: Callable[[], None]) -> "AshProgram":
    """Turn the function behind ASH's command line into a program."""
    # ASH imports these when a scan begins, which each process would do anew.
    for module in ("interactions.run_ash_scan", "core.orchestrator", "plugin_modules.ash_builtin"):
        _import(module)
    importlib.import_module(_PLUGINS)
    if not hasattr(_import("core.unified_metrics"), _COUNT):
        message = (
            "this ASH is older than 3.5, and hands its reporters other data than the suite knows; "
            "'ash:' verifies its plugin"
        )
        raise AdapterError(message)
    return AshProgram(run_app)


class AshProgram(Program):
    """Runs ASH's report phase over the results that a scenario gives, or all of ASH."""

    def __init__(self, run_app: Callable[[], None]) -> None:
        """Store the function behind ASH's command line."""
        self._run_app = run_app

    def run(self, call: Call) -> Ran:
        """Run ASH once; see `Program.run`."""
        if call.source_dir:
            return self._scan(call, call.source_dir)
        _expect_possible(call)
        document = results_file(call.results)
        handed = _handed(document)
        _expect_no_loss(call.results, handed)
        started = _reporters_that_start()
        source, aside = call.scratch / "source", call.scratch / "of ASH Core"
        source.mkdir()
        with set_aside(call.output_dir, aside):
            (call.output_dir / RESULTS).write_text(document, encoding="utf-8")
            code = self._ash(call, source, (), "--use-existing", "--phases", "report")
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

    def _scan(self, call: Call, source: Path) -> Ran:
        started = _reporters_that_start()
        code = self._ash(call, source, _OTHER_REPORTERS, "--scanners", _SCANNER)
        log = tuple(log_records(read(call.output_dir / LOG) or ""))
        return Ran(ready=_REPORTER in started, log=log, exit_code=code)

    def _ash(
        self, call: Call, source: Path, other_reporters: Collection[str], *arguments: str
    ) -> int:
        """Run ASH's command line; return its exit code."""
        config = call.scratch / "ash.json"
        configuration = _configuration(call.options, other_reporters)
        config.write_text(json.dumps(configuration), encoding="utf-8")
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


def _configuration(
    options: Mapping[str, Any], other_reporters: Collection[str]
) -> Mapping[str, Any]:
    """ASH's configuration: the S3 reporter with its options, and of the others those named."""
    reporters: dict[str, Any] = {
        plugin.__name__.removesuffix("Reporter").lower(): {"enabled": False}
        for plugin in _plugin_manager().plugin_modules("reporter")
        if plugin.__name__ not in {_REPORTER, *other_reporters}
    }
    reporters["s3"] = {"enabled": True, "options": dict(options)}
    return {"reporters": reporters}


def _handed(document: str) -> dict[str, Any]:
    """What ASH's own model makes of a file, and hands to its reporters.

    It counts the findings anew, and leaves out what nobody has set.
    """
    model = _import("models.asharp_model").AshAggregatedResults.from_json(json.loads(document))
    counted = getattr(_import("core.unified_metrics"), _COUNT)(aggregated_results=model)
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
