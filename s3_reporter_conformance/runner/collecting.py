"""Collecting feature files: every scenario that describes a run becomes an item."""

from collections.abc import Iterable
from copy import copy
from types import ModuleType

import pytest
from pytest_bdd import scenario
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import Examples, Feature

from ..spec.feature_files import FeatureError
from ..spec.gherkin import all_rules, read_feature
from ..spec.rules import Rule, Scenario
from .judge import definition_of
from .resources import RESOURCES, SCENARIO


class FeatureFile(pytest.Module):
    """A feature file, collected as the module that pytest-bdd would have one write for it."""

    def _getobj(self) -> ModuleType:
        module = ModuleType(self.path.stem)
        folder = str(self.path.parent)
        feature = get_feature(folder, self.path.name)
        for each in read_feature(self.path).scenarios:
            _add_scenario(feature, each)
            bind = scenario(self.path.name, each.id, features_base_dir=folder)
            setattr(module, each.id, bind(lambda: None))
        return module

    def funcnamefilter(self, name: str) -> bool:
        """Take every function for a test: there is nothing else in the module."""
        return bool(name)

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Collect the runs, each with its scenario."""
        try:
            contents = read_feature(self.path)
            _expect_known(contents.rules, self.path.name)
            _expect_defined(contents.scenarios, self.path.name)
            scenarios = {each.id: each for each in contents.scenarios}
            for item in super().collect():
                assert isinstance(item, pytest.Function)  # noqa: S101 -- there is nothing else
                described = scenarios[item.originalname]
                item.stash[SCENARIO] = described
                # Not with the values of the row, which `-k` would take for names.
                item.name = described.id
                item.extra_keyword_matches.update(filter(None, [described.rule]))
                mark = mark_of(described.area)
                self.config.addinivalue_line("markers", f"{mark}: a mark of runs")
                item.add_marker(mark)
                item.add_marker("unusual" if described.is_unusual else "drawn")
                manifest = self.config.stash[RESOURCES].settings.manifest
                if described.feature and described.feature not in manifest.features:
                    reason = f"not claimed: {manifest.name} does not declare {described.feature}"
                    item.add_marker(pytest.mark.skip(reason=reason))
                yield item
        except FeatureError as error:
            raise self.CollectError(str(error)) from error


def _expect_known(rules: Iterable[Rule], file: str) -> None:
    """Make sure that the rules of a file are those that judge."""
    if odd := sorted({rule.id for rule in rules} - {rule.id for rule in all_rules()}):
        raise FeatureError(f"{file}: rules that are none of the suite's: {', '.join(odd)}")


def _expect_defined(scenarios: Iterable[Scenario], file: str) -> None:
    """Make sure that each sentence has a step definition."""
    for each in scenarios:
        sentences = [*(("given", sentence) for sentence in each.given), ("when", each.when)]
        if odd := next((text for kind, text in sentences if not definition_of(kind, text)), ""):
            raise FeatureError(f"{file}, line {each.line}: no step definition matches: {odd}")


def mark_of(area: str) -> str:
    """The name by which `-m` selects the runs of a feature file."""
    return area.replace("-", "_")


def _add_scenario(feature: Feature, described: Scenario) -> None:
    """Let pytest-bdd know a run as a scenario, which has no other row than its own."""
    template = copy(feature.scenarios[described.template])
    template.name = described.id
    row = described.values
    template.examples = (
        [Examples(example_params=list(row), examples=[list(row.values())])] if row else []
    )
    feature.scenarios[described.id] = template
