"""The ways to plug a reporter in: one more is one more entry of `ADAPTERS`."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..words.errors import UsageError
from .base import Adapter
from .command import CommandAdapter
from .in_process import InProcessAdapter
from .manifest import Manifest
from .python import PythonAdapter

ASH_PLUGIN = "automated_security_helper.plugin_modules.ash_aws_plugins.s3_reporter:S3Reporter"
ASH_WRAPPER = "s3_reporter_conformance.adapters.ash:as_reporter"
ASH_PROGRAM = "automated_security_helper.cli.main:run_app"
ASH_PROGRAM_WRAPPER = "s3_reporter_conformance.adapters.ash_scan:as_program"

Connect = Callable[[str, Path, Path], Adapter]
"""Plugs in the reporter of a target, given its folder and a folder for the adapter's files."""


@dataclass(frozen=True)
class Kind:
    """One way to plug a reporter in.

    Attributes:
        form: How it is written, the scheme first.
        about: What it is for.
        names_reporter: Whether a target, what follows the scheme, names a reporter; it raises a
            `ValueError` for one that cannot be read.
        connect: Plugs the reporter in.
        connect_in_process: The same in the suite's own process, if that can be.
    """

    form: str
    about: str
    names_reporter: Callable[[str], bool]
    connect: Connect
    connect_in_process: Connect | None = None


def _is_attribute(target: str) -> bool:
    module, _, attribute = target.partition(":")
    return bool(module and attribute)


ADAPTERS: Mapping[str, Kind] = {
    "python": Kind(
        form="python:package.module:Attribute",
        about="a class or factory",
        names_reporter=_is_attribute,
        connect=lambda target, folder, scratch: PythonAdapter(target, scratch, folder),
        connect_in_process=lambda target, folder, _: InProcessAdapter(target, folder),
    ),
    "command": Kind(
        form="command:program arguments",
        about="a program in any language that implements docs/contract.md",
        names_reporter=lambda target: any(shlex.split(target)),
        connect=lambda target, folder, scratch: CommandAdapter(
            shlex.split(target), scratch, folder
        ),
    ),
    "ash": Kind(
        form="ash:",
        about="ASH's own S3 reporter; needs an installed ASH",
        names_reporter=lambda target: not target or _is_attribute(target),
        connect=lambda target, folder, scratch: PythonAdapter(
            target or ASH_PLUGIN, scratch, folder, ASH_WRAPPER
        ),
        connect_in_process=lambda target, folder, _: InProcessAdapter(
            target or ASH_PLUGIN, folder, ASH_WRAPPER
        ),
    ),
    "ash-scan": Kind(
        form="ash-scan:",
        about="the whole of ASH as its users run it; needs an installed ASH",
        names_reporter=lambda target: not target,
        connect=lambda _, folder, scratch: PythonAdapter(
            ASH_PROGRAM, scratch, folder, ASH_PROGRAM_WRAPPER
        ),
    ),
}
"""The ways to plug a reporter in, by scheme."""

FORMS = ", ".join(f"'{kind.form}'" for kind in ADAPTERS.values())
"""How reporters are written, for messages."""


def is_adapter(text: str) -> bool:
    """Whether a text begins with the scheme of an adapter."""
    return text.partition(":")[0] in ADAPTERS


def check_adapter(adapter: str, what: str) -> None:
    """Make sure that an adapter names a reporter.

    Args:
        adapter: A scheme of `ADAPTERS` and a target.
        what: How a message calls it.

    Raises:
        UsageError: It does not.
    """
    scheme, _, target = adapter.partition(":")
    try:
        is_whole = is_adapter(adapter) and ADAPTERS[scheme].names_reporter(target)
    except ValueError as error:
        raise UsageError(f"{what} cannot be split as a shell does: {error}") from error
    if not is_whole or "\0" in target:
        raise UsageError(f"{what} is not a valid reporter: expected {FORMS}")


def connector(manifest: Manifest, *, in_process: bool = False) -> Connect:
    """Find what plugs a reporter in.

    Args:
        manifest: The reporter.
        in_process: Run it in this process, where a debugger reaches it.

    Raises:
        UsageError: It cannot run in this process.
    """
    scheme = manifest.adapter.partition(":")[0]
    kind = ADAPTERS[scheme]
    found = kind.connect_in_process if in_process else kind.connect
    if found is None:
        able = [f"{name}:" for name, each in ADAPTERS.items() if each.connect_in_process]
        raise UsageError(f"--in-process is for {' and '.join(able)}, not for a {scheme}")
    return found


def connect(manifest: Manifest, scratch: Path, *, in_process: bool = False) -> Adapter:
    """Plug a reporter in.

    Args:
        manifest: The reporter.
        scratch: A folder for the adapter's files that lasts as long as the adapter.
        in_process: Run it in this process, where a debugger reaches it.

    Raises:
        AdapterError: It cannot be loaded.
        UsageError: It cannot run in this process.
    """
    target = manifest.adapter.partition(":")[2]
    return connector(manifest, in_process=in_process)(target, manifest.folder, scratch)
