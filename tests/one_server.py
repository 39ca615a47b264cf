"""One fork server for the reference, all mutants, and all variants.

It loads them once; each call finds its class after the fork.
"""

import atexit
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import mutants  # noqa: F401 -- what is imported here is loaded before the fork
import pytest
from variants import VARIANTS

from s3_reporter_conformance.adapters import registry
from s3_reporter_conformance.adapters.base import Adapter, Call, Outcome
from s3_reporter_conformance.adapters.python import PythonAdapter
from s3_reporter_conformance.adapters.registry import REFERENCE

_PYTHON = registry.ADAPTERS["python"]
_TARGET = "TARGET_ON_THE_ONE_SERVER"

# What reads its surroundings during import must be imported anew for each call, which would make
# the server do so with all: it has a server of its own.
_ALONE = {"variants.surroundings"}

for _module in {f"variants.{name.partition(':')[0]}" for name in VARIANTS} - _ALONE:
    import_module(_module)


def chosen(options: Mapping[str, Any], output_dir: Path) -> Any:
    """In the forked process: make the reporter that the call names."""
    module, _, attribute = os.environ.pop(_TARGET).partition(":")
    return getattr(import_module(module), attribute)(options, output_dir)


class OneServer:
    """An adapter whose reporter runs on the server of all."""

    def __init__(self, target: str) -> None:
        self._target = target

    def open(self) -> None:
        _server()

    def run(self, call: Call) -> Outcome:
        environment = {**call.environment, _TARGET: self._target}
        return _server().run(replace(call, environment=environment))

    def interrupt(self) -> None:
        _server().interrupt()

    def close(self) -> None:
        """The server stays for the next one."""


@cache
def _server() -> PythonAdapter:
    # Its few files are small, and the system clears the folder.
    adapter = PythonAdapter(f"{__name__}:chosen", Path(__file__).parent, Path(tempfile.mkdtemp()))
    atexit.register(adapter.close)
    adapter.open()
    return adapter


def _connect(target: str, folder: Path, scratch: Path) -> Adapter:
    module = target.partition(":")[0]
    mine = module.startswith(("mutants", "variants.")) and module not in _ALONE
    if mine or f"python:{target}" == REFERENCE:
        return OneServer(target)
    return _PYTHON.connect(target, folder, scratch)


@contextmanager
def one_server_for_all() -> Iterator[None]:
    """Let `python:` take the one server where it can."""
    shared = replace(_PYTHON, connect=_connect)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(registry, "ADAPTERS", {**registry.ADAPTERS, "python": shared})
        yield
