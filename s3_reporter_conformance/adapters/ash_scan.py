"""The part of the `ash-scan:` adapter that runs in a process with ASH installed.

It runs ASH's command line as a user does, with a configuration file, and lets ASH decide whether
and how to run its S3 reporter.  ASH 3.x is installed from its own repository, so the suite cannot
depend on it or its types.
"""

import importlib
import json
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError, UnsupportedError
from .base import Call, Outcome
from .logs import LogRecord
from .scan_results import (
    RESULTS,
    RETURNED,
    ScanResults,
    read_returned,
    sample_document,
    sample_scan,
)

_PACKAGE = "automated_security_helper"
_PLUGINS = f"{_PACKAGE}.plugin_modules.ash_aws_plugins"
_REPORTER = "S3Reporter"
# The scanner that starts no program, and reporters whose files somebody needs besides S3's.
_SCANNER = "detect-secrets"
_OTHER_REPORTERS = ("SarifReporter", "CsvReporter", "FlatJSONReporter")
# ASH's exit codes: nothing to act on, findings to act on, a configuration that it rejects.
_ENDINGS = (0, 2, 3)
_LOG = "ash.log"
_LATE_IMPORTS = (
    "core.orchestrator",
    "core.unified_metrics",
    "interactions.run_ash_scan",
    "plugin_modules.ash_aws_plugins",
    "plugin_modules.ash_builtin",
)
_RECORD = re.compile(r"^[-\d]+ [:,\d]+\t([A-Z]+)\t(\S+)\t", re.MULTILINE)


class AshProgram:
    """Runs ASH's report phase over the results that a scenario gives, or all of ASH.

    ASH plays ASH Core itself, so that the suite cannot call its reporter.
    """

    def __init__(self, run_app: Callable[[], None]) -> None:
        """Store the function behind ASH's command line, and import what it imports later."""
        self._run_app = run_app
        for module in _LATE_IMPORTS:
            _import(module)

    def run(self, call: Call) -> Outcome:
        """Run ASH once, in this process.

        Raises:
            UnsupportedError: What the scenario gives cannot be handed to ASH.
            AdapterError: ASH ended before it came to its reporters.
        """
        if call.source_dir:
            started = _reporters_that_start()
            code = self._ash(call, call.source_dir, _OTHER_REPORTERS, "--scanners", _SCANNER)
            return Outcome(ready=_REPORTER in started, log=_log(call), exit_code=code)
        if call.report_anyway:
            raise UnsupportedError("ASH does not run a reporter that is not ready")
        if (call.output_dir / "reports").is_file():
            raise UnsupportedError(
                "ASH makes the folder reports itself, before it comes to its reporters"
            )
        return self._report(call)

    def _report(self, call: Call) -> Outcome:
        document = results_file(call.results)
        handed = _handed(document)
        sample = sample_scan()
        # ASH changes something in the results of any scan.
        usual = set(changed_paths(sample.data, _handed(results_file(sample))))
        if lost := set(changed_paths(call.results.data, handed)) - usual:
            names = ", ".join(sorted(lost)[:3])
            raise UnsupportedError(f"ASH replaces or drops {names} of the results it reads")
        started = _reporters_that_start()
        source = call.scratch / "source"
        source.mkdir()
        # ASH Core's files are not the reporter's: they go, and those of the scenario come back.
        paths = [call.output_dir / name for name in (RESULTS, _LOG, RETURNED)]
        before = {path: path.read_bytes() for path in paths if path.is_file()}
        for path in before:
            path.unlink()
        paths[0].write_text(document, encoding="utf-8")
        code = self._ash(call, source, (), "--use-existing", "--phases", "report")
        ready, log, returned = _REPORTER in started, _log(call), read_returned(call.output_dir)
        for path in paths:
            path.unlink(missing_ok=True)
        for path, content in before.items():
            path.write_bytes(content)
        if not ready and code not in _ENDINGS:
            raise AdapterError(f"ash scan exited with code {code} before it came to its reporters")
        wordless = f"ASH ran its reporter, and wrote no {RETURNED}"
        exception = wordless if ready and returned is None else None
        return Outcome(ready, returned, exception, log, handed=ScanResults(handed))

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


def results_file(results: ScanResults) -> str:
    """The file that ASH reads: results of the sample scan, changed as a scenario says.

    Raises:
        UnsupportedError: JSON has no type for one of the values.
    """
    try:
        return json.dumps({**sample_document(), **results.data})
    except TypeError as error:
        raise UnsupportedError(
            f"ASH reads results from JSON, which cannot hold them: {error}"
        ) from error


def _handed(document: str) -> dict[str, Any]:
    """The results that ASH's own model makes of a file, and hands to its reporters.

    It counts the findings anew, and leaves out what nobody has set.

    Raises:
        UnsupportedError: The model has no place for a value of such a type.
    """
    read = _import("models.asharp_model").AshAggregatedResults.from_json
    try:
        model = read(json.loads(document))
    except importlib.import_module("pydantic").ValidationError as error:
        first = str(error).partition("\n")[0]
        raise UnsupportedError(
            f"ASH reads results into a model, which cannot hold them: {first}"
        ) from error
    count_findings = _import("core.unified_metrics").populate_metrics_from_unified_source
    counted = count_findings(aggregated_results=model).to_simple_dict()
    handed: dict[str, Any] = json.loads(json.dumps(counted, default=str))
    return handed


def changed_paths(given: Any, found: Any, path: str = "") -> Iterator[str]:
    """The dotted paths of what is missing, added, or not as it was given."""
    if isinstance(given, Mapping) and isinstance(found, Mapping):
        for name in {**given, **found}:
            inner = f"{path}.{name}".lstrip(".")
            yield from changed_paths(given.get(name, ...), found.get(name, ...), inner)
    elif given != found:
        yield path


def log_records(log: str) -> tuple[LogRecord, ...]:
    """The records of ASH's log: time, level, place in the source, and message, with tabs between.

    A message may have several lines.
    """
    _, *parts = _RECORD.split(log)
    return tuple(map(LogRecord, parts[::3], parts[1::3], map(str.strip, parts[2::3])))


def _log(call: Call) -> tuple[LogRecord, ...]:
    path = call.output_dir / _LOG
    return log_records(path.read_text(errors="replace")) if path.exists() else ()


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
