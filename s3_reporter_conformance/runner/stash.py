"""Keys of what the plugin keeps on pytest's objects while the suite runs."""

import pytest

from ..reporting.observer import Observer
from ..scenario.world import World
from ..spec.rules import Scenario
from ..verdict.runs import RunResult
from .judge import Judges
from .resources import Resources
from .settings import Settings

# Of the configuration.
SETTINGS = pytest.StashKey[Settings]()
JUDGES = pytest.StashKey[Judges]()
OBSERVER = pytest.StashKey[Observer]()
RESOURCES = pytest.StashKey[Resources]()
SEED = pytest.StashKey[str]()

# Of an item.
SCENARIO = pytest.StashKey[Scenario]()
WORLD = pytest.StashKey[World]()
RESULT = pytest.StashKey[RunResult]()
