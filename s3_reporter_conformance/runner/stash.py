"""What the plugin keeps on pytest's objects while the suite runs."""

from collections.abc import Callable

import pytest

from ..scenario.world import World
from ..spec.rules import Scenario
from ..verdict.run_info import RunInfo
from ..verdict.runs import RunResult
from .judge import Judges
from .resources import Resources
from .settings import Settings
from .watching import Watcher

SETTINGS = pytest.StashKey[Settings]()
JUDGES = pytest.StashKey[Judges]()
WORLD = pytest.StashKey[World]()
SCENARIO = pytest.StashKey[Scenario]()
ON_RUN = pytest.StashKey[Callable[[RunResult], None]]()
RESOURCES = pytest.StashKey[Resources]()
RUN_INFO = pytest.StashKey[RunInfo]()
WATCHER = pytest.StashKey[Watcher]()
