"""The settings, the judges, the adapter, and the backend that all processes of a run share."""

import os
import secrets
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from ..adapters.base import Adapter
from ..adapters.registry import connect
from ..backends.base import Backend
from ..backends.sdk_environment import without_settings_of_the_user
from ..reporting.observer import Observer
from ..scenario.world import World
from ..spec.rules import Rule, Scenario
from ..verdict.runs import RunResult
from ..words.errors import AdapterError, BackendError
from .isolation import undisturbed
from .judge import Judges
from .run_folder import run_folder
from .settings import Settings

SCENARIO = pytest.StashKey[Scenario]()
WORLD = pytest.StashKey[World]()
RESULT = pytest.StashKey[RunResult]()
"""Keys of what the plugin keeps on an item of pytest."""


def said_of(error: AdapterError | BackendError) -> str:
    """Say which of them broke, so that nothing can be run."""
    return f"{'adapter' if isinstance(error, AdapterError) else 'backend'} error: {error}"


class Resources:
    """Started once, by the process that directs a run, and closed by it.

    Attributes:
        judges: The judgments of the rules that the run is asked for.
        seed: Determines the names and the access keys.
        folder: A folder for everything that the run writes.
        is_alone: Whether no other runs are made at the same time.
        substitute: What stands in for the adapter of the reporter, if anything.
    """

    folder: Path
    adapter: Adapter
    backend: Backend

    def __init__(
        self,
        settings: Settings,
        rules: Iterable[Rule],
        observer: Observer | None = None,
        substitute: Adapter | None = None,
    ) -> None:
        """Start nothing yet; a substitute stands in for the adapter of the reporter.

        Raises:
            FeatureError: A sentence of a rule has no step definition, or several.
        """
        features = settings.manifest.features
        self.settings = settings
        self.judges = Judges(
            rule for rule in rules if rule.feature is None or rule.feature in features
        )
        self.observer = observer or Observer()
        self.seed = settings.seed or secrets.token_hex(4)
        self.substitute = substitute
        self.is_alone = True
        self._owner = os.getpid()
        self._started = ExitStack()
        self._is_started = self._is_open = False

    def start(self) -> None:
        """Begin to start the reporter and the S3 API, which takes a moment.

        Raises:
            AdapterError: The reporter cannot be started.
            BackendError: The S3 API cannot be started.
        """
        settings = self.settings
        self.folder = self._started.enter_context(run_folder())
        scratch = self.folder / "adapter"
        scratch.mkdir()
        self.adapter = self.substitute or connect(
            settings.manifest, scratch, in_process=settings.in_process
        )
        self._started.callback(self.adapter.close)
        self.backend = settings.open_backend()
        self._started.callback(self.backend.close)
        self._started.callback(self._clean)
        self._is_started = True

    def open(self) -> None:
        """Wait until they can be used.

        Raises:
            AdapterError: The reporter cannot be loaded.
            BackendError: The S3 API does not start.
        """
        if self._is_open:
            return
        if not self._is_started:
            self.start()
        self.adapter.open()
        with without_settings_of_the_user():
            self.backend.open()
        self._is_open = True

    def close(self) -> None:
        """Close what was started; a process that was forked meanwhile has nothing to close.

        Raises:
            KeyboardInterrupt: The user interrupted it; it came to its end first.
        """
        if os.getpid() == self._owner:
            with undisturbed():
                self._started.close()

    def _clean(self) -> None:
        # An interrupt between two lines of pytest makes it forget to.  Whatever could not be
        # cleaned up before cannot be now, and was reported.
        with suppress(BackendError):
            self.backend.clean()


RESOURCES = pytest.StashKey[Resources]()
"""The key under which the configuration of pytest has them."""
