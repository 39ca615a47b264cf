"""Reporters that are broken in one place each: what the suite must catch."""

from importlib import import_module
from pkgutil import iter_modules

from .catalogue import CATALOGUE, Mutant

__all__ = ["CATALOGUE", "Mutant"]

# Importing a module enters its mutants.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
