"""What the plugin keeps on pytest's objects while the suite runs."""

from collections.abc import Callable

import pytest

from ..scenario.world import World
from ..spec.requirements import Requirement
from ..verdict.example import Example
from ..verdict.run_info import RunInfo
from .resources import Resources
from .settings import Settings
from .watching import Watcher

SETTINGS = pytest.StashKey[Settings]()
WORLD = pytest.StashKey[World]()
FAILED_SENTENCE = pytest.StashKey[str]()
REQUIREMENT = pytest.StashKey[Requirement]()
NUMBER = pytest.StashKey[int]()
ON_EXAMPLE = pytest.StashKey[Callable[[str, Example], None]]()
RESOURCES = pytest.StashKey[Resources]()
RUN_INFO = pytest.StashKey[RunInfo]()
WATCHER = pytest.StashKey[Watcher]()
