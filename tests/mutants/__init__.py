"""Reporters that are broken in one place each: what the suite must catch."""

from . import (
    configuration,
    conversion,
    errors,
    local_copy,
    naming,
    retry,
    returning,
    surroundings,
    upload,
)
from .catalogue import CATALOGUE, Mutant

__all__ = ["CATALOGUE", "Mutant"]

# Importing a module enters its mutants.
_ = (configuration, conversion, errors, local_copy, naming, retry, returning, surroundings, upload)
