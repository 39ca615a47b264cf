"""Records of `logging` are captured, however a reporter configures it."""

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Outcome

Run = Callable[..., Outcome]

REPORTER = """
import logging, logging.config, logging.handlers, queue, sys
log = logging.getLogger("mine")
{imported}
class Reporter:
    def __init__(self, options, output_dir):
        self.output_dir = output_dir
    def validate(self):
        return True
    def report(self, results):
        {configured}
        log.debug("debug")
        log.info("info")
        log.warning("warning %s", 1)
        return "x"
"""
BUFFER = "logging.handlers.MemoryHandler(99, 99, logging.StreamHandler())"
ALL = ["debug", "info", "warning 1"]
USUAL = ["info", "warning 1"]


def messages(outcome: Outcome) -> Sequence[str]:
    return [record.message for record in outcome.log]


@pytest.mark.parametrize("at", ["imported", "configured"])
@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("pass", USUAL),
        ("logging.basicConfig(filename='/dev/null')", USUAL),
        ("logging.basicConfig(filename='/dev/null', force=True)", USUAL),
        ("logging.basicConfig(filename='/dev/null', force=True, level='DEBUG')", ALL),
        ("logging.basicConfig(filename='/dev/null', force=True, level='ERROR')", []),
        ("logging.getLogger().handlers.clear()", []),
        ("log.setLevel(logging.DEBUG)", ALL),
        ("log.setLevel(logging.ERROR)", []),
        ("log.addFilter(lambda record: record.levelname != 'INFO')", ["warning 1"]),
        ("logging.disable(logging.INFO)", ["warning 1"]),
        ("log.disabled = True", []),
        ("logging.config.dictConfig({'version': 1})", []),
        ("log.addHandler(logging.handlers.QueueHandler(queue.Queue()))", USUAL),
        (f"log.addHandler({BUFFER}); log.propagate = False", USUAL),
        ("log.addHandler(logging.NullHandler())", USUAL),
        ("log.addHandler(logging.NullHandler()); log.propagate = False", []),
        ("log.addHandler(logging.Handler('ERROR')); log.propagate = False", []),
    ],
)
def test_what_reaches_a_handler_is_recorded_once(
    run: Run, at: str, statement: str, expected: Sequence[str]
) -> None:
    source = REPORTER.format(**{"imported": "", "configured": "", at: statement})
    assert messages(run(source)) == expected


def test_a_record_that_passes_a_queue_is_recorded_once(run: Run) -> None:
    configured = """
        passed = queue.Queue()
        log.addHandler(logging.handlers.QueueHandler(passed))
        listener = logging.handlers.QueueListener(passed, logging.StreamHandler())
        listener.start()
        log.error("first")
        listener.stop()"""
    source = REPORTER.format(imported="", configured=configured.strip())
    outcome = run(source)
    assert messages(outcome) == ["first", *USUAL]
    assert outcome.stderr == "first\n"


def test_what_a_handler_holds_is_written_at_the_end(run: Run) -> None:
    source = REPORTER.format(imported="", configured=f"log.addHandler({BUFFER})")
    assert run(source).stderr == "info\nwarning 1\n"


def test_a_handler_that_breaks_at_the_end_says_so_on_standard_error(run: Run) -> None:
    imported = """
        class Broken(logging.NullHandler):
            def flush(self):
                raise RuntimeError("full")"""
    source = REPORTER.format(
        imported=textwrap.dedent(imported), configured="log.addHandler(Broken())"
    )
    outcome = run(source)
    assert outcome.returned == "x"
    assert "RuntimeError: full" in outcome.stderr


def test_a_file_of_its_own_is_written(run: Run, tmp_path: Path) -> None:
    configured = """
        file = self.output_dir / "own.log"
        logging.basicConfig(filename=file, force=True, format="%(message)s")"""
    run(REPORTER.format(imported="", configured=configured.strip()))
    assert (tmp_path / "output" / "own.log").read_text() == "info\nwarning 1\n"
