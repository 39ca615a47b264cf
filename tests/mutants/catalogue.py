"""Every mutant declares its aim: the rule that it breaks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Mutant:
    """A reporter that is broken in one place on purpose.

    Attributes:
        name: The name of its class.
        module: The module that the class is in.
        mistake: Its mistake, in a sentence.
        aim: The id of the rule that it breaks.
        whenever: The circumstances under which it breaks that rule, where they matter.
        settings: The settings that it needs, if not all features and the defaults.
    """

    name: str
    module: str
    mistake: str
    aim: str
    whenever: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reporter(self) -> str:
        """Its name on the command line."""
        return f"python:{self.module}:{self.name}"


CATALOGUE: dict[str, Mutant] = {}


def mutant(
    *, aim: str, whenever: str | None = None, settings: Mapping[str, Any] | None = None
) -> Callable[[type], type]:
    """Put a reporter into the catalogue.

    Args:
        aim: The id of the rule that it breaks.
        whenever: The circumstances under which it breaks that rule, as a verdict tells them.
        settings: The settings that it needs, if not all features and the defaults.

    Raises:
        ValueError: There are two of one name.
    """

    def enter(reporter: type) -> type:
        name, mistake = reporter.__name__, (reporter.__doc__ or "").strip()
        if name in CATALOGUE:
            message = f"there are two mutants {name}"
            raise ValueError(message)
        CATALOGUE[name] = Mutant(name, reporter.__module__, mistake, aim, whenever, settings or {})
        return reporter

    return enter
