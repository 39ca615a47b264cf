"""Log records are captured under any configuration; printed lines mark their level."""

from collections.abc import Callable, Sequence

import pytest

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.logs import LogRecord, gist, level_of, noticed_lines

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


def test_a_record_has_the_exceptions_of_its_traceback(run: Run) -> None:
    failing = "try: {}['key']\n        except KeyError as error: cause = error"
    logging = "log.error('not sent', exc_info=RuntimeError('why').with_traceback(None))"
    chained = (
        "wrapped = ValueError('late'); wrapped.__cause__ = cause; log.error('', exc_info=wrapped)"
    )
    outcome = run(
        REPORTER.format(imported="", configured=f"{failing}\n        {logging}; {chained}")
    )
    first, second = [each.message for each in outcome.log][:2]
    assert first == "not sent\nRuntimeError: why"
    assert second == "\nValueError: late\nKeyError: 'key'"


def test_a_record_that_cannot_be_formatted_is_an_error(run: Run) -> None:
    outcome = run(REPORTER.format(imported="", configured="log.info('uploaded', 'too much')"))
    [record] = [each for each in outcome.log if each.level == "ERROR"]
    assert record.message.startswith("--- Logging error --- TypeError: not all arguments")
    assert record.message.endswith(": 'uploaded'")


def test_handlers_are_flushed_at_the_end(run: Run) -> None:
    source = REPORTER.format(imported=f"log.addHandler({BUFFER})", configured="pass")
    assert run(source).stderr == "info\nwarning 1\n"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("WARNING bucket missing", "WARNING"),
        ("2026-01-15T10:30:00Z INFO failed", "INFO"),
        ("2026-01-15 10:30:00,123 DEBUG failed", "DEBUG"),
        ("2026-01-15 10:30:00,123 - s3.reporter - DEBUG - failed", "DEBUG"),
        ("[2026-01-15T10:30:00Z DEBUG reporter] failed", "DEBUG"),
        ("10:30:00.123 [main] DEBUG c.e.Reporter - failed", "DEBUG"),
        ('time=2026-01-15T10:30:00.000Z level=INFO msg="failed"', "INFO"),
        ('{"level": "debug", "msg": "failed"}', "DEBUG"),
        ('{"level": "odd", "msg": "failed"}', ""),
        ("{failed", ""),
        ("failed", ""),
        ("Information is missing", ""),
        ("info-gathering failed", ""),
        ("2026-01-15 10:30:00 upload failed", ""),
    ],
)
def test_a_line_marks_its_level(line: str, level: str) -> None:
    assert level_of(line) == level


def test_a_record_goes_on_with_indented_lines() -> None:
    text = "DEBUG sent\n  AccessDenied\n\tand more\ncareful\n\nERROR failed\n  because\nTRACE x\n"
    assert list(noticed_lines(text)) == ["careful", "ERROR failed\n  because"]


def test_a_record_says_the_same_in_another_call_but_not_of_another_status() -> None:
    text = "(node:81) 10:31 reports-1f0b: the PUT of /a/b got 200, see https://aws.com"
    other = "(node:304) 12:07 reports-90cc: the PUT of /tmp/c got 200, see https://aws.com"
    assert gist(text) == gist(other) != gist(other.replace("200", "403"))


def test_what_a_user_notices() -> None:
    log = (LogRecord("DEBUG", "a", "one"), LogRecord("WARNING", "a", "two"))
    outcome = Outcome(ready=True, log=log, stdout="three\n", stderr="info: four\nfive\n")
    assert outcome.complaints == ("two", "three", "five")
