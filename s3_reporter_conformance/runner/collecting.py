"""Collecting feature files: every scenario becomes an item, with its requirement."""

from collections import Counter
from collections.abc import Iterable
from copy import copy
from types import ModuleType

import pytest
from pytest_bdd import scenario
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import Examples, Feature

from ..spec.features import FeatureError
from ..spec.gherkin import read_requirements
from ..spec.requirements import Requirement
from .stash import NUMBER, REQUIREMENT, SETTINGS


class FeatureFile(pytest.Module):
    """A feature file, collected as the module that pytest-bdd would have one write for it."""

    def _getobj(self) -> ModuleType:
        module = ModuleType(self.path.stem)
        folder = str(self.path.parent)
        feature = get_feature(folder, self.path.name)
        for requirement in read_requirements(self.path):
            _add_scenario(feature, requirement)
            bind = scenario(self.path.name, requirement.name, features_base_dir=folder)
            setattr(module, requirement.id, bind(_nothing_more))
        return module

    def funcnamefilter(self, name: str) -> bool:
        """Take every function for a test: there is nothing else in the module."""
        return bool(name)

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Collect the scenarios, each with its requirement."""
        try:
            requirements = {r.id: r for r in read_requirements(self.path)}
            items = [item for item in super().collect() if isinstance(item, pytest.Function)]
            self._expect_all(items, requirements.values())
            numbers: Counter[str] = Counter()
            for item in items:
                requirement = requirements[item.originalname]
                item.stash[REQUIREMENT] = requirement
                item.stash[NUMBER] = numbers[requirement.id] = numbers[requirement.id] + 1
                # Not with the example's values, which `-k` would take for names.
                item.name = f"{requirement.id}[{numbers[requirement.id]}]"
                item.add_marker(mark_of(requirement.area))
                manifest = self.config.stash[SETTINGS].manifest
                if requirement.feature and requirement.feature not in manifest.features:
                    reason = f"not claimed: {manifest.name} does not declare {requirement.feature}"
                    item.add_marker(pytest.mark.skip(reason=reason))
                yield item
        except FeatureError as error:
            raise self.CollectError(str(error)) from error

    def _expect_all(
        self, items: Iterable[pytest.Function], requirements: Iterable[Requirement]
    ) -> None:
        """Make sure that every scenario and every example became an item."""
        found = Counter(item.originalname for item in items)
        expected = {requirement.id: requirement.examples for requirement in requirements}
        if found != expected:
            odd = sorted(dict(expected.items() ^ found.items()))
            raise FeatureError(f"{self.path}: not collected as written: {', '.join(odd)}")


def mark_of(area: str) -> str:
    """How `-m` calls the requirements of a feature file."""
    return area.replace("-", "_")


def _add_scenario(feature: Feature, requirement: Requirement) -> None:
    """Let pytest-bdd know a requirement as a scenario, which has no other rows than its own."""
    template = copy(feature.scenarios[requirement.scenario])
    template.name = requirement.name
    template.examples = [
        Examples(example_params=list(row), examples=[list(row.values())])
        for row in requirement.rows
    ]
    feature.scenarios[requirement.name] = template


def _nothing_more() -> None:
    """What a scenario does after its steps."""
