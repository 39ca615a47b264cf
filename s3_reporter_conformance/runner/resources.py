"""What all processes of a run share: the adapter, the backend, a folder."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Timer

import click

from ..adapters.base import Adapter
from ..adapters.registry import connect
from ..backends.base import Backend
from ..reporting.console import above_the_progress
from ..words.errors import BackendError
from .run_folder import RunFolder
from .sealing import undisturbed
from .settings import Settings

# Whoever waits longer wants to know what for, in seconds.
_PATIENCE = 2.0


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Say what is waited for, if it takes long."""
    timer = Timer(_PATIENCE, _tell, [f"waiting for {what} ..."])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _tell(what: str) -> None:
    with above_the_progress():
        click.echo(what)


class Resources:
    """Started once, by the process that directs a run, and closed by it."""

    def __init__(self, settings: Settings, adapter: Adapter | None = None) -> None:
        """Start nothing yet.

        Args:
            settings: What the run is told.
            adapter: What stands in for the reporter.
        """
        self._settings = settings
        self._owner = os.getpid()
        self._open = False
        self._folder: RunFolder | None = None
        self._adapter = adapter
        self._backend: Backend | None = None
        self._started = ExitStack()
        if adapter:
            self._started.callback(adapter.close)

    @property
    def folder(self) -> Path:
        """A folder for everything that the run writes."""
        if self._folder is None:
            self._folder = RunFolder()
            self._started.callback(self._folder.remove)
        return self._folder.path

    @property
    def adapter(self) -> Adapter:
        """The reporter, plugged in; it may not be loaded yet.

        Raises:
            AdapterError: It cannot be started.
        """
        if self._adapter is None:
            scratch = self.folder / "adapter"
            scratch.mkdir()
            settings = self._settings
            self._adapter = connect(settings.manifest, scratch, in_process=settings.in_process)
            self._started.callback(self._adapter.close)
        return self._adapter

    @property
    def backend(self) -> Backend:
        """The S3 API; it may not be ready yet.

        Raises:
            BackendError: It cannot be started.
        """
        if self._backend is None:
            self._backend = self._settings.open_backend()
            self._started.callback(self._backend.close)
            self._started.callback(self._clean, self._backend)
        return self._backend

    @staticmethod
    def _clean(backend: Backend) -> None:
        # An interrupt between two lines of pytest makes it forget to. Who could not clean up before
        # cannot now, and was told.
        with suppress(BackendError):
            backend.clean()

    def start(self) -> None:
        """Begin to start the reporter and the S3 API, which takes a moment.

        Raises:
            AdapterError: The reporter cannot be started.
            BackendError: The S3 API cannot be started.
        """
        _ = self.adapter, self.backend

    def open(self) -> None:
        """Wait until they can be used.

        Raises:
            AdapterError: The reporter cannot be loaded.
            BackendError: The S3 API does not start.
        """
        if not self._open:
            # Else each process that is forked would make one of its own, which nobody removes.
            _ = self.folder
            with _told("the reporter to be loaded"):
                self.adapter.open()
            with _told(f"{self._settings.backend} to start"):
                self.backend.open()
            self._open = True

    def close(self) -> None:
        """Close what was started; a process that was forked meanwhile has nothing to close.

        Raises:
            KeyboardInterrupt: The user interrupted it; it came to its end first.
        """
        if os.getpid() == self._owner:
            with undisturbed():
                self._started.close()
