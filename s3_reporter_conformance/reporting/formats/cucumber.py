"""Cucumber Messages, one JSON document a line, as Cucumber's formatters read them.

https://github.com/cucumber/messages describes them.
"""

import json
import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from gherkin.stream.gherkin_events import GherkinEvents

from ...spec.features import feature_files
from ...spec.gherkin import all_requirements
from ...verdict.example import Example
from ...verdict.report import Report, ReportedRequirement
from ...verdict.status import Status

_PROTOCOL = "32.0.0"
_PASSED, _FAILED, _SKIPPED = "PASSED", "FAILED", "SKIPPED"

Envelope = dict[str, Any]


def messages(report: Report) -> str:
    """Put a report into Cucumber Messages."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in _envelopes(report))


def _envelopes(report: Report) -> Iterator[Envelope]:
    yield {"meta": _meta(report)}
    # The tags of a pickle may take the id from a table; its name is that of the requirement.
    ids = {
        (requirement.file, requirement.name): requirement.id for requirement in all_requirements()
    }
    pickles: dict[str, list[Any]] = defaultdict(list)
    files = sorted({each.file for each in report.requirements})
    for envelope in _documents(files):
        yield envelope
        if "pickle" in envelope:
            pickle = envelope["pickle"]
            pickles[ids[pickle["uri"], pickle["name"]]].append(pickle)
    clock = _Clock(report.started)
    yield {"testRunStarted": {"id": "run", "timestamp": clock.now()}}
    for requirement in report.requirements:
        ran = {example.number: example for example in requirement.examples}
        for number, pickle in enumerate(pickles[requirement.id], start=1):
            yield from _case(requirement, ran.get(number), pickle, clock)
    yield {
        "testRunFinished": {
            "testRunStartedId": "run",
            "success": not any(each.status.failed for each in report.requirements),
            "timestamp": clock.now(),
        }
    }


def _meta(report: Report) -> Envelope:
    return {
        "protocolVersion": _PROTOCOL,
        "implementation": {"name": report.suite.name, "version": report.suite.version},
        "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
        "os": {"name": platform.system()},
        "cpu": {"name": platform.machine()},
    }


def _documents(files: Iterable[str]) -> Iterator[Envelope]:
    """The feature files, what they say, and the examples in them."""
    events = GherkinEvents(GherkinEvents.Options(True, True, True))
    paths = {path.as_posix().rpartition("features/")[2]: path for path in feature_files()}
    for file in files:
        source = {
            "uri": file,
            "data": paths[file.removeprefix("features/")].read_text(encoding="utf-8"),
            "mediaType": "text/x.cucumber.gherkin+plain",
        }
        for event in events.enum({"source": source}):  # type: ignore[typeddict-item]
            yield dict(event)


def _case(
    requirement: ReportedRequirement, example: Example | None, pickle: Any, clock: "_Clock"
) -> Iterator[Envelope]:
    name = pickle["id"]
    steps = pickle["steps"]
    yield {
        "testCase": {
            "id": f"case-{name}",
            "testRunStartedId": "run",
            "pickleId": name,
            "testSteps": [
                {"id": f"case-{name}-{step['id']}", "pickleStepId": step["id"]} for step in steps
            ],
        }
    }
    started = f"started-{name}"
    yield {
        "testCaseStarted": {
            "id": started,
            "testCaseId": f"case-{name}",
            "attempt": 0,
            "timestamp": clock.now(),
        }
    }
    results = _step_results(requirement, example, [step["text"] for step in steps])
    for number, (step, result) in enumerate(zip(steps, results, strict=True)):
        of_step = {"testCaseStartedId": started, "testStepId": f"case-{name}-{step['id']}"}
        yield {"testStepStarted": {**of_step, "timestamp": clock.now()}}
        seconds = example.seconds if example and number == 0 else 0.0
        result["duration"] = clock.pass_by(seconds)
        yield {"testStepFinished": {**of_step, "testStepResult": result, "timestamp": clock.now()}}
    yield {
        "testCaseFinished": {
            "testCaseStartedId": started,
            "willBeRetried": False,
            "timestamp": clock.now(),
        }
    }


def _step_results(
    requirement: ReportedRequirement, example: Example | None, texts: list[str]
) -> list[dict[str, Any]]:
    """What became of each step: fine up to the one that the example ended in, skipped behind."""
    end, status = _ending(requirement, example, texts)
    fine = _SKIPPED if status == _SKIPPED else _PASSED
    results: list[dict[str, Any]] = [{"status": fine} for _ in texts[:end]]
    results.append({"status": status})
    if status != _PASSED:
        results[end]["message"] = requirement.message or requirement.status.value
    return [*results, *({"status": _SKIPPED} for _ in texts[end + 1 :])]


def _ending(
    requirement: ReportedRequirement, example: Example | None, texts: list[str]
) -> tuple[int, str]:
    """The step that an example ended in, and what became of that."""
    last = len(texts) - 1
    if requirement.status is Status.UNEXPECTEDLY_PASSED:
        return last, _FAILED
    sentence = example.sentence.partition(" ")[2] if example else ""
    ended = texts.index(sentence) if sentence in texts else 0
    match example.status if example else requirement.status:
        case Status.PASSED:
            return last, _PASSED
        case Status.FAILED if requirement.status is Status.KNOWN_DEVIATION:
            # Cucumber has no better word for what is known and still to be done.
            return ended, "PENDING"
        case Status.FAILED | Status.ADAPTER_ERROR:
            return ended, _FAILED
        case _:
            return 0, _SKIPPED


class _Clock:
    """Tells the time of a run as if its examples had run one after the other."""

    def __init__(self, started: str) -> None:
        self._now = datetime.fromisoformat(started)

    def now(self) -> dict[str, int]:
        seconds = self._now.timestamp()
        return {"seconds": int(seconds), "nanos": self._now.microsecond * 1000}

    def pass_by(self, seconds: float) -> dict[str, int]:
        self._now += timedelta(seconds=seconds)
        return {"seconds": int(seconds), "nanos": round(seconds % 1 * 1_000_000) * 1000}
