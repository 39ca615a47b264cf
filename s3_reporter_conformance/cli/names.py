"""Names that a user types: any case will do, wrong ones are told apart, and a shell completes them.

They are read only when they are needed, since that takes a moment.
"""

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from ..words.names import unknown


class Name(click.types.StringParamType):
    """A name of something that there is."""

    def __init__(self, name: str, known: Callable[[], Iterable[str]]) -> None:
        """Take the names.

        Args:
            name: What it is a name of, such as `feature`.
            known: Gives the names that there are.
        """
        self.name = name
        self._known = known

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Find the name as it is written.

        Raises:
            UsageError: There is nothing of that name.
        """
        del param, ctx
        known = {_folded(name): name for name in self._known()}
        if _folded(value) not in known:
            raise unknown(self.name, value, known.values())
        return known[_folded(value)]

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin like this."""
        del ctx, param
        begun = _folded(incomplete)
        return [CompletionItem(name) for name in self._known() if _folded(name).startswith(begun)]


def _folded(name: str) -> str:
    return name.lower().replace("_", "-")


def _features() -> Iterable[str]:
    from ..spec.features import extended_features

    return sorted(extended_features())


def _diagrams() -> Iterable[str]:
    from ..spec.diagrams import all_diagrams

    return all_diagrams()


def _rules() -> list[str]:
    from ..spec.gherkin import all_rules

    return [rule.id for rule in all_rules()]


def _runs() -> list[str]:
    from ..spec.gherkin import all_scenarios

    return [scenario.id for scenario in all_scenarios()]


FEATURE = Name("feature", _features)
DIAGRAM = Name("diagram", _diagrams)
RULE_OR_FEATURE = Name("rule or feature", lambda: [*_rules(), *_features()])
RUN = Name("run", lambda: [*_runs(), *_rules()])
"""A run, or a rule for its first run."""
