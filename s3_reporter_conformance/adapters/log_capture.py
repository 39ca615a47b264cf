"""Records what a reporter logs through `logging`, however it configures `logging`."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .base import LogRecord


class _RootHandler(logging.Handler):
    """Stands in for ASH Core's handler, which takes every record that is passed to the root."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write nothing: what is logged is recorded before it reaches a handler."""


@contextmanager
def ash_core_logging() -> Iterator[None]:
    """Configure the root logger as ASH Core does, before it loads a reporter: at level INFO."""
    root = logging.getLogger()
    level, handler = root.level, _RootHandler()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@contextmanager
def recorded_logging(record: Callable[[LogRecord], None]) -> Iterator[None]:
    """Record what reaches a handler, when it is logged.

    Handlers are of no use for this: `basicConfig(force=True)` removes those of the root, loggers
    that do not propagate never reach them, and queues and buffers reach them late or never.
    """
    call_handlers = logging.Logger.callHandlers

    def record_and_call(logger: logging.Logger, entry: logging.LogRecord) -> None:
        if _reaches_a_handler(logger, entry.levelno):
            try:
                message = entry.getMessage()
            except (TypeError, ValueError):
                message = str(entry.msg)
            record(LogRecord(entry.levelname, entry.name, message))
        call_handlers(logger, entry)

    logging.Logger.callHandlers = record_and_call  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        logging.Logger.callHandlers = call_handlers  # type: ignore[method-assign]


def _reaches_a_handler(logger: logging.Logger | None, level: int) -> bool:
    while logger:
        for handler in logger.handlers:
            if level >= handler.level and not isinstance(handler, logging.NullHandler):
                return True
        logger = logger.parent if logger.propagate else None
    return False
