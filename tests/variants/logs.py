"""Other ways to configure logging."""

import logging
from collections.abc import Mapping
from logging.handlers import MemoryHandler, QueueHandler, QueueListener
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from .plain import Plain


class LogsToAFile(Plain):
    """Logging configured anew, to a file, without what the SDK says at debug level."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        # At debug level, the SDK logs the report.
        logging.basicConfig(filename=Path.home() / "reporter.log", force=True, level=logging.INFO)


class LogsThroughAQueue(Plain):
    """A logger that passes nothing on, but writes to a queue that another thread empties."""

    def complain(self, message: str) -> None:
        queue: SimpleQueue[Any] = SimpleQueue()
        log = logging.getLogger("reporter")
        log.propagate = False
        log.addHandler(QueueHandler(queue))
        QueueListener(queue, logging.FileHandler(Path.home() / "reporter.log")).start()
        super().complain(message)


class LogsToABuffer(Plain):
    """A logger that passes nothing on, but writes to a buffer that is emptied at the end."""

    def complain(self, message: str) -> None:
        log = logging.getLogger("reporter")
        log.propagate = False
        log.addHandler(MemoryHandler(1000, logging.CRITICAL, logging.StreamHandler()))
        super().complain(message)
