"""What the `python:` adapter loads: a class or factory, by its name."""

import importlib
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class EntryPoint:
    """What to load.

    Attributes:
        target: `package.module:Attribute`.
        wrapper: Adapts it to the contract; empty if not needed.
    """

    target: str
    wrapper: str

    def load(self) -> Any:
        """Import the class or factory."""
        loaded = _load(self.target)
        return _load(self.wrapper)(loaded) if self.wrapper else loaded


def _load(target: str) -> Any:
    module, _, attribute = target.partition(":")
    loaded: Any = importlib.import_module(module)
    for name in attribute.split("."):
        loaded = getattr(loaded, name)
    return loaded
