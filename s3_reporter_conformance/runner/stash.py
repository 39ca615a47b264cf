"""What the plugin keeps on pytest's objects while the suite runs."""

import pytest

from ..reporting.observer import Observer
from ..scenario.world import World
from ..spec.rules import Scenario
from ..verdict.run_info import RunInfo
from ..verdict.runs import RunResult
from .judge import Judges
from .resources import Resources
from .settings import Settings

SETTINGS = pytest.StashKey[Settings]()
JUDGES = pytest.StashKey[Judges]()
WORLD = pytest.StashKey[World]()
SCENARIO = pytest.StashKey[Scenario]()
RESULT = pytest.StashKey[RunResult]()
RESOURCES = pytest.StashKey[Resources]()
RUN_INFO = pytest.StashKey[RunInfo]()
OBSERVER = pytest.StashKey[Observer]()
