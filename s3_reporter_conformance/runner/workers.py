"""Sharing the work among processes that are forked when all is imported and collected.

The process that directs them hands out one item after the other, so it knows at any time who has
what: a worker that dies costs the item that it had, and another takes its place.
"""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any

import pytest

from ..verdict.runs import RunResult
from .sealing import undisturbed
from .stash import ON_RUN

# How long, in seconds, workers may take to clean up when they are told to end: on a busy machine,
# they delete many buckets.
_FAREWELL = 60.0


@dataclass(frozen=True)
class RunDone:
    """The result of a run."""

    result: RunResult


@dataclass(frozen=True)
class Finished:
    """A worker is done with its item and wants another."""


@dataclass(frozen=True)
class Aborted:
    """A worker found out that there is no point in going on."""

    reason: str


@dataclass
class _Worker:
    pid: int
    connection: "Connection[Any, Any]"
    item: int | None = None


class Workers:
    """Processes that run the items of a session."""

    def __init__(
        self,
        session: pytest.Session,
        on_run: Callable[[RunResult], None],
        on_lost: Callable[[pytest.Item, str], None],
    ) -> None:
        """Take what there is to do.

        Args:
            session: Its items have been collected.
            on_run: Called with the result of each run, in the order in which they end.
            on_lost: Called with an item whose worker died, and how that ended.
        """
        self._session = session
        self._on_run = on_run
        self._on_lost = on_lost
        self._items = iter(range(len(session.items)))
        self._workers: dict[Connection[Any, Any], _Worker] = {}
        # Only this process holds the end that is written to, so that its death can be seen.
        self._lifeline, self._alive = os.pipe()

    def run(self, count: int) -> str:
        """Run all items, or as many as there are until the session is to stop.

        Args:
            count: How many processes share the work.

        Returns:
            Why a worker aborted the run; empty if none did.
        """
        aborted = ""
        try:
            for item in self._next(count):
                self._start(item)
            while self._workers:
                ready = wait(list(self._workers))
                for worker in [each for each in self._workers.values() if each.connection in ready]:
                    aborted = self._receive(worker) or aborted
                    if aborted:
                        self._session.shouldstop = aborted
        finally:
            self._end()
        return aborted

    def _next(self, most: int) -> Iterator[int]:
        """The next items, none if the session is to stop."""
        for _ in range(most):
            if self._session.shouldstop or self._session.shouldfail:
                return
            item = next(self._items, None)
            if item is None:
                return
            yield item

    def _receive(self, worker: _Worker) -> str:
        """Take one message; say why the run is to be aborted, if it is."""
        try:
            message = worker.connection.recv()
        except (EOFError, ConnectionError):
            self._reap(worker)
            return ""
        match message:
            case RunDone(result):
                self._on_run(result)
            case Finished():
                worker.item = None
                for item in self._next(1):
                    self._hand(worker, item)
                if worker.item is None:
                    self._let_end(worker)
            case Aborted(reason):
                return reason
        return ""

    def _start(self, item: int) -> None:
        ours, theirs = Pipe()
        # What is buffered here would be printed by the worker, too.
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            for other in (*self._workers, ours):
                other.close()
            os.close(self._alive)
            threading.Thread(target=_end_with, args=[self._lifeline], daemon=True).start()
            _work(self._session, theirs)
        theirs.close()
        self._workers[ours] = worker = _Worker(pid, ours)
        self._hand(worker, item)

    def _hand(self, worker: _Worker, item: int) -> None:
        worker.item = item
        with suppress(ConnectionError):
            worker.connection.send(item)

    def _let_end(self, worker: _Worker) -> None:
        """Let a worker end: it cleans up, and its connection ends."""
        with suppress(ConnectionError):
            worker.connection.send(None)

    def _reap(self, worker: _Worker) -> None:
        """See a worker out that has ended; if it had not come to its end, start another."""
        del self._workers[worker.connection]
        worker.connection.close()
        code = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
        if worker.item is None:
            return
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        self._on_lost(self._session.items[worker.item], how)
        for item in self._next(1):
            self._start(item)

    def _end(self) -> None:
        """Let nobody live on: only an interrupted run has workers left."""
        for worker in self._workers.values():
            os.kill(worker.pid, signal.SIGTERM)
        deadline = time.monotonic() + _FAREWELL
        for worker in self._workers.values():
            while os.waitpid(worker.pid, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(worker.pid, signal.SIGKILL)
                time.sleep(0.01)
        self._workers.clear()
        os.close(self._alive)
        os.close(self._lifeline)


def _work(session: pytest.Session, connection: "Connection[Any, Any]") -> None:
    """Be a worker: run what is handed out, until nothing more comes."""
    # What happens to the terminal reaches every process; the one that directs decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = 1
    try:
        _run_items(session, connection)
        code = 0
    except (KeyboardInterrupt, ConnectionError, EOFError):
        code = 0
    except BaseException:  # noqa: BLE001 -- it is told, and the one that directs notices
        traceback.print_exc()
    finally:
        os._exit(code)


def _end_with(lifeline: int) -> None:
    """End this worker in order when the process that directs it is gone, whatever it waits for."""
    os.read(lifeline, 1)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _run_items(session: pytest.Session, connection: "Connection[Any, Any]") -> None:
    config = session.config
    config.stash[ON_RUN] = lambda result: connection.send(RunDone(result))
    try:
        while (index := connection.recv()) is not None:
            # The session stands in for a next item, so that just its own fixtures stay set up.
            config.hook.pytest_runtest_protocol(item=session.items[index], nextitem=session)
            if session.shouldstop:
                connection.send(Aborted(str(session.shouldstop)))
            connection.send(Finished())
    except pytest.exit.Exception as error:
        connection.send(Aborted(str(error)))
        connection.send(Finished())
    finally:
        # The one that directs and its end may both ask this process to end, but not to stop midway.
        with undisturbed():
            session._setupstate.teardown_exact(None)  # noqa: SLF001 -- as pytest itself does
