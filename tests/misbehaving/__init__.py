"""Reporters that do not merely break a rule, but harm the machine and the suite that runs them."""

from importlib import import_module

from .catalogue import KINDS, Kind

__all__ = ["KINDS", "Kind"]

# Importing a module enters its kinds.
for _module in ("in_documents", "in_processes", "in_streams", "on_disk", "on_the_wire"):
    import_module(f"{__name__}.{_module}")
