"""What the plugin keeps on pytest's objects while the suite runs."""

from dataclasses import dataclass

import pytest

from ..adapters.manifest import Manifest
from ..scenario.world import World
from ..spec.requirements import Requirement
from ..verdict.run_info import RunInfo
from .settings import Settings


@dataclass(frozen=True)
class FailedStep:
    sentence: str
    nodes: frozenset[str]


SETTINGS = pytest.StashKey[Settings]()
MANIFEST = pytest.StashKey[Manifest]()
WORLD = pytest.StashKey[World]()
FAILED_STEP = pytest.StashKey[FailedStep]()
REQUIREMENT = pytest.StashKey[Requirement]()
NUMBER = pytest.StashKey[int]()
RUN_INFO = pytest.StashKey[RunInfo]()
