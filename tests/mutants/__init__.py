"""Reporters that are broken in one place each: what the suite must catch."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from .mutant import Mutant

__all__ = ["CATALOGUE", "Mutant"]

CATALOGUE: dict[str, Mutant] = {}

for _module in iter_modules(__path__):
    for _mutant in getattr(import_module(f"{__name__}.{_module.name}"), "MUTANTS", ()):
        if CATALOGUE.setdefault(_mutant.name, _mutant) is not _mutant:
            raise ValueError(f"there are two mutants {_mutant.name}")


def __getattr__(name: str) -> Any:
    """Find a mutant, for `python:mutants:NAME`."""
    try:
        return CATALOGUE[name]
    except KeyError:
        raise AttributeError(name) from None
