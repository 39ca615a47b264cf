"""Makes the runs of a session, and does other jobs: in this process, or shared among processes.

The processes are forked when all is imported and collected.  They are handed one part of a job
after the other, so that a process that dies costs the part that it was doing, and no other.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

import pytest

from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..words.errors import BackendError
from .isolation import ENDING, undisturbed
from .resources import RESULT, SCENARIO, said_of
from .results import without_run
from .settings import Settings

# Reporters wait: for S3, for their own backoff, for programs to start.  More runs than there are
# cores keep the cores busy.
_PER_CORE = 6
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


class Job(Protocol):
    """Something to do in parts, which have numbers."""

    def make(self, number: int, tell: Callable[[Any], None]) -> None:
        """Do a part, in any process, and tell what comes of it."""

    def lost(self, number: int, problem: str) -> Any:
        """What comes of a part if its process died."""


def perform(
    session: pytest.Session, job: Job, numbers: Iterable[int], workers: int
) -> Generator[Any, None, None]:
    """Do parts of a job, until the caller wants no more; all that is told comes of it.

    So many processes share the work; with less than two, this one does it all.  `None` comes once
    a second if nothing else does.
    """
    if workers < 2:  # noqa: PLR2004 -- one process is what pytest has
        return _alone(job, numbers)
    return _shared(session, job, numbers, workers)


def make_runs(session: pytest.Session, workers: int) -> Generator[Made | None, None, None]:
    """Make the runs of all items of a session; see `perform`."""
    waits = [item.stash[SCENARIO].waits for item in session.items]
    numbers = list(range(len(waits)))
    if workers:
        # Behind the first ones, which tell whether it makes sense to go on.
        numbers.sort(key=lambda number: number >= workers and not waits[number])
    return perform(session, _Items(session), numbers, min(workers, len(numbers)))


class _Items:
    """Makes the run of each item."""

    def __init__(self, session: pytest.Session) -> None:
        """Take the session."""
        self._session = session

    def make(self, number: int, tell: Callable[[Made], None]) -> None:
        """Make the run of an item."""
        tell(make_run(self._session, self._session.items[number]))

    def lost(self, number: int, problem: str) -> Made:
        """The result of the run whose process died."""
        scenario = self._session.items[number].stash[SCENARIO]
        return Made(without_run(scenario, Status.ADAPTER_ERROR, problem))


def make_run(session: pytest.Session, item: pytest.Item) -> Made:
    """Make the run of an item."""
    try:
        # The session stands in for a next item, so that just its own fixtures stay set up.
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
    except pytest.exit.Exception as error:
        return Made(item.stash.get(RESULT, None), str(error))
    return Made(item.stash.get(RESULT, None), str(session.shouldstop or ""))


def _alone(job: Job, numbers: Iterable[int]) -> Generator[Any, None, None]:
    for number in numbers:
        told: list[Any] = []
        job.make(number, told.append)
        yield from told


class _Worker:
    """A process that does the parts of a job that it is handed."""

    def __init__(self, session: pytest.Session, job: Job) -> None:
        fork = get_context("fork")
        self.connection, theirs = fork.Pipe()
        self.number: int | None = None
        # A daemon: Python ends it, should this process end without.
        self.process = fork.Process(target=_work, args=[session, job, theirs], daemon=True)
        # What asks it to end must wait until it can handle that.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()

    def hand(self, number: int | None) -> None:
        """Hand it a part; or none, so that it cleans up and ends."""
        self.number = number
        with suppress(ConnectionError):
            self.connection.send(number)

    def how_it_died(self) -> str:
        """The words about a process that is no more."""
        self.process.join()
        code = self.process.exitcode or 0
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return f"the process that called the reporter ended: {how}"


def _shared(
    session: pytest.Session, job: Job, numbers: Iterable[int], count: int
) -> Generator[Any, None, None]:
    # What is set up here, such as threads, no other process would have.
    session._setupstate.teardown_exact(None)  # noqa: SLF001 -- as pytest itself does
    waiting = iter(numbers)
    workers: dict[Any, _Worker] = {}

    def start() -> None:
        number = next(waiting, None)
        if number is not None:
            # Nobody would end one that is not noted.
            with undisturbed():
                worker = _Worker(session, job)
                workers[worker.connection] = worker
            worker.hand(number)

    try:
        for _ in range(count):
            start()
        while workers:
            ready = wait(list(workers), timeout=1)
            if not ready:
                yield None
            for connection in ready:
                worker = workers[connection]
                try:
                    told = worker.connection.recv()
                except (EOFError, ConnectionError):
                    del workers[connection]
                    if worker.number is not None:
                        yield job.lost(worker.number, worker.how_it_died())
                        start()
                    continue
                if told is None:
                    worker.hand(next(waiting, None))
                else:
                    yield told
    finally:
        # Else a second Ctrl-C would leave processes that nobody asked to end.
        with undisturbed():
            _end(list(workers.values()))


def _end(workers: list[_Worker]) -> None:
    for worker in workers:
        # A reporter in the process may catch what ends it, so that it would wait for a next part.
        worker.hand(None)
        worker.process.terminate()
    deadline = time.monotonic() + _TIME_TO_CLEAN_UP
    for worker in workers:
        worker.process.join(max(0, deadline - time.monotonic()))
        worker.process.kill()
        worker.process.join()


def _work(session: pytest.Session, job: Job, connection: "Connection[Any, Any]") -> None:
    # What happens to the terminal reaches every process; the one that directs decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(KeyboardInterrupt, EOFError, ConnectionError):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        try:
            while (number := connection.recv()) is not None:
                job.make(number, connection.send)
                connection.send(None)
        finally:
            # Both its parent and the end of its parent may ask it to end, but not midway.
            with undisturbed():
                try:
                    session._setupstate.teardown_exact(None)  # noqa: SLF001 -- as pytest itself does
                except BackendError as error:
                    connection.send(Made(None, said_of(error)))


def _end_with_parent() -> None:
    """End this process in order when its parent is gone, whatever it waits for."""
    parent = parent_process()
    if parent:
        parent.join()
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
