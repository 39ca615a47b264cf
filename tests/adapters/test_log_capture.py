"""Records of `logging` are captured, however a reporter configures it."""

from collections.abc import Callable, Sequence

import pytest

from s3_reporter_conformance.adapters.base import Outcome

Run = Callable[..., Outcome]

REPORTER = """
import logging, logging.config, logging.handlers, queue, sys
log = logging.getLogger("mine")
{imported}
class Reporter:
    def __init__(self, options, output_dir):
        pass
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


@pytest.mark.parametrize("at", ["imported", "configured"])
@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("pass", USUAL),
        ("logging.basicConfig(filename='/dev/null')", USUAL),
        ("logging.basicConfig(filename='/dev/null', force=True, level='DEBUG')", ALL),
        ("logging.basicConfig(filename='/dev/null', force=True, level='ERROR')", []),
        ("logging.getLogger().handlers.clear()", []),
        ("log.setLevel(logging.DEBUG)", ALL),
        ("log.addFilter(lambda record: record.levelname != 'INFO')", ["warning 1"]),
        ("logging.disable(logging.INFO)", ["warning 1"]),
        ("log.addHandler(logging.handlers.QueueHandler(queue.Queue()))", USUAL),
        (f"log.addHandler({BUFFER}); log.propagate = False", USUAL),
        ("log.addHandler(logging.NullHandler()); log.propagate = False", []),
        ("log.addHandler(logging.Handler('ERROR')); log.propagate = False", []),
    ],
)
def test_what_reaches_a_handler_is_recorded_once(
    run: Run, at: str, statement: str, expected: Sequence[str]
) -> None:
    outcome = run(REPORTER.format(**{"imported": "", "configured": "", at: statement}))
    assert [record.message for record in outcome.log] == expected


def test_a_record_that_passes_a_queue_is_recorded_once(run: Run) -> None:
    configured = """
        passed = queue.Queue()
        log.addHandler(logging.handlers.QueueHandler(passed))
        listener = logging.handlers.QueueListener(passed, logging.StreamHandler())
        listener.start()
        log.error("first")
        listener.stop()"""
    outcome = run(REPORTER.format(imported="", configured=configured.strip()))
    assert [record.message for record in outcome.log] == ["first", *USUAL]
    assert outcome.stderr == "first\n"


def test_handlers_are_flushed_at_the_end(run: Run) -> None:
    source = REPORTER.format(imported=f"log.addHandler({BUFFER})", configured="pass")
    assert run(source).stderr == "info\nwarning 1\n"
