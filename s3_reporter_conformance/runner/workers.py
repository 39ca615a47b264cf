"""Makes the runs of a session: in this process, or shared among processes.

The processes are forked when all is imported and collected.  They are handed one run after the
other, so that a process that dies costs the run that it was making, and no other.
"""

import os
import signal
import threading
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

import pytest

from ..verdict.runs import RunResult
from ..verdict.status import Status
from .isolation import ENDING, undisturbed
from .resources import RESULT, SCENARIO
from .results import without_run
from .settings import Settings

# Reporters wait: for S3, for their own backoff, for programs to start.  More runs than there are
# cores keep the cores busy.
_PER_CORE = 4
# In seconds; on a busy machine, it takes time to delete many buckets.
_TIME_TO_CLEAN_UP = 60.0


@dataclass(frozen=True)
class Made:
    """The result of an item, or none; and why no further runs make sense, if they do not."""

    result: RunResult | None
    stop: str = ""


def workers_for(settings: Settings) -> int:
    """The number of processes by default: none beside a debugger's."""
    return 0 if settings.in_process else _PER_CORE * (os.cpu_count() or 1)


def make_runs(session: pytest.Session, workers: int) -> Generator[Made, None, None]:
    """Make all runs of a session, until the caller wants no more.

    So many processes share the work; with less than two, this one makes all runs.
    """
    count = min(workers, len(session.items))
    if count < 2:  # noqa: PLR2004 -- one process is what pytest has
        return (_make(session, item) for item in session.items)
    return _shared(session, count)


def _make(session: pytest.Session, item: pytest.Item) -> Made:
    try:
        # The session stands in for a next item, so that just its own fixtures stay set up.
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
    except pytest.exit.Exception as error:
        return Made(item.stash.get(RESULT, None), str(error))
    return Made(item.stash.get(RESULT, None), str(session.shouldstop or ""))


class _Worker:
    """A process that makes the runs that it is handed."""

    def __init__(self, session: pytest.Session) -> None:
        fork = get_context("fork")
        self.connection, theirs = fork.Pipe()
        self.item: pytest.Item | None = None
        self.process = fork.Process(target=_work, args=[session, theirs])
        # What asks it to end must wait until it can handle that.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()

    def hand(self, item: pytest.Item | None, number: int | None) -> None:
        """Hand it an item; or none, so that it cleans up and ends."""
        self.item = item
        with suppress(ConnectionError):
            self.connection.send(number)

    def result_of_crash(self) -> RunResult | None:
        """The result of the run that it was making when it died, if it was."""
        self.process.join()
        if self.item is None:
            return None
        code = self.process.exitcode or 0
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        words = f"the process that called the reporter ended: {how}"
        return without_run(self.item.stash[SCENARIO], Status.ADAPTER_ERROR, words)


def _shared(session: pytest.Session, count: int) -> Generator[Made, None, None]:
    waiting = iter(enumerate(session.items))
    workers: dict[Any, _Worker] = {}

    def start() -> None:
        if upcoming := next(waiting, None):
            worker = _Worker(session)
            workers[worker.connection] = worker
            worker.hand(upcoming[1], upcoming[0])

    try:
        for _ in range(count):
            start()
        while workers:
            ready = wait(list(workers), timeout=1)
            if not ready:
                yield Made(None)
            for connection in ready:
                worker = workers[connection]
                try:
                    made: Made = worker.connection.recv()
                except (EOFError, ConnectionError):
                    del workers[connection]
                    if result := worker.result_of_crash():
                        yield Made(result)
                        start()
                    continue
                number, item = next(waiting, (None, None))
                worker.hand(item, number)
                yield made
    finally:
        _end(list(workers.values()))


def _end(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.process.terminate()
    deadline = time.monotonic() + _TIME_TO_CLEAN_UP
    for worker in workers:
        worker.process.join(max(0, deadline - time.monotonic()))
        worker.process.kill()
        worker.process.join()


def _work(session: pytest.Session, connection: "Connection[Any, Any]") -> None:
    # What happens to the terminal reaches every process; the one that directs decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(KeyboardInterrupt, EOFError, ConnectionError):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        try:
            while (number := connection.recv()) is not None:
                connection.send(_make(session, session.items[number]))
        finally:
            # Both its parent and the end of its parent may ask it to end, but not midway.
            with undisturbed():
                session._setupstate.teardown_exact(None)  # noqa: SLF001 -- as pytest itself does


def _end_with_parent() -> None:
    """End this process in order when its parent is gone, whatever it waits for."""
    parent = parent_process()
    if parent:
        parent.join()
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
