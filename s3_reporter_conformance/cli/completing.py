"""Completions for a shell: click asks for them when the user presses Tab."""

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

Completed = list[CompletionItem]


def reporters(_: click.Context, __: click.Parameter, begun: str) -> Completed:
    """The path of a manifest; what adapters take is beyond a shell."""
    return [CompletionItem(begun, type="file")]


def rules_or_features(context: click.Context, parameter: click.Parameter, begun: str) -> Completed:
    """The id of a rule, or the name of a feature."""
    from ..spec.gherkin import all_rules

    found = _beginning((rule.id for rule in all_rules()), begun.upper())
    return found + features(context, parameter, begun)


def runs(_: click.Context, __: click.Parameter, begun: str) -> Completed:
    """The name of a run."""
    from ..spec.gherkin import all_scenarios

    return _beginning((scenario.id for scenario in all_scenarios()), begun.lower())


def features(_: click.Context, __: click.Parameter, begun: str) -> Completed:
    """The name of a feature."""
    from ..spec.features import extended_features

    return _beginning(sorted(extended_features()), begun)


def lists_of_features(context: click.Context, parameter: click.Parameter, begun: str) -> Completed:
    """The last name of a list of features."""
    before, comma, last = begun.rpartition(",")
    found = features(context, parameter, last)
    return [CompletionItem(f"{before}{comma}{each.value}") for each in found]


def backends(_: click.Context, __: click.Parameter, begun: str) -> Completed:
    """A backend that has a name."""
    return _beginning(("moto", "localstack"), begun)


def diagrams(_: click.Context, __: click.Parameter, begun: str) -> Completed:
    """The name of a diagram."""
    from ..spec.diagrams import all_diagrams

    return _beginning(all_diagrams(), begun)


def _beginning(names: Iterable[str], begun: str) -> Completed:
    return [CompletionItem(name) for name in names if name.startswith(begun)]
