"""Finds the reporter that a user names, and plugs it in by an entry of `ADAPTERS`."""

import os
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import asdict

from .. import __version__
from ..disk.input_files import invalid, read_toml
from ..spec.feature_files import extended_features
from ..words.errors import UsageError
from ..words.names import unknown
from .base import Adapter
from .command import CommandAdapter
from .manifest import Manifest, ManifestFile
from .python import InProcessAdapter, PythonAdapter

REFERENCE = "python:s3_reporter_conformance.reference:S3Reporter"

OF_TOOLS = frozenset({"live-scan"})
"""The features that only a whole tool can have, and not a reporter alone as the reference is."""

_ASH_PLUGIN = "automated_security_helper.plugin_modules.ash_aws_plugins.s3_reporter:S3Reporter"
_ASH_WRAPPER = "s3_reporter_conformance.adapters.ash:as_reporter"
_ASH_PROGRAM = "automated_security_helper.cli.main:run_app"
_ASH_PROGRAM_WRAPPER = "s3_reporter_conformance.adapters.ash_scan:AshProgram"

Connect = Callable[[str, Path, Path], Adapter]
"""Plugs in the reporter of a target, given its folder and a folder for the adapter's files."""


@dataclass(frozen=True)
class AdapterKind:
    """One way to plug a reporter in.

    Attributes:
        form: How it is written, the scheme first.
        names_reporter: Whether a target, what follows the scheme, names a reporter; it raises a
            `ValueError` for one that cannot be read.
        connect: Plugs the reporter in.
    """

    form: str
    names_reporter: Callable[[str], bool]
    connect: Connect


def _is_attribute(target: str) -> bool:
    module, _, attribute = target.partition(":")
    return bool(module and attribute)


def _ash(target: str, folder: Path, scratch: Path) -> Adapter:
    return PythonAdapter(target or _ASH_PLUGIN, folder, scratch, _ASH_WRAPPER)


def _ash_scan(_: str, folder: Path, scratch: Path) -> Adapter:
    return PythonAdapter(_ASH_PROGRAM, folder, scratch, _ASH_PROGRAM_WRAPPER)


ADAPTERS: Mapping[str, AdapterKind] = {
    "python": AdapterKind("python:package.module:Attribute", _is_attribute, PythonAdapter),
    "command": AdapterKind(
        "command:program arguments", lambda target: any(shlex.split(target)), CommandAdapter
    ),
    "ash": AdapterKind("ash:", lambda target: not target or _is_attribute(target), _ash),
    "ash-scan": AdapterKind("ash-scan:", lambda target: not target, _ash_scan),
}
"""The ways to plug a reporter in, by scheme."""

_FORMS = ", ".join(f"'{kind.form}'" for kind in ADAPTERS.values())


def find_reporter(reporter: str) -> Manifest:
    """Read `reference`, an adapter such as `command:node reporter.mjs`, or a manifest.

    Raises:
        UsageError: It names no reporter, or its manifest is wrong.
    """
    if reporter == "reference":
        features = extended_features() - OF_TOOLS
        return Manifest("reference", REFERENCE, version=__version__, features=features)
    if _has_scheme(reporter):
        check_adapter(reporter, repr(reporter))
        return Manifest(reporter, reporter)
    path = Path(reporter)
    # Asked of a name that is too long, `Path.exists` would raise.
    is_there = os.path.lexists(path)
    if path.suffix == ".toml" and not is_there:
        raise UsageError(f"{path} cannot be read: No such file; 'init {path}' writes one")
    if reporter and is_there:
        if path.is_dir():
            expected = f"expected a manifest, such as {path / 'reporter.toml'}"
            raise UsageError(f"{path} cannot be read: It is a directory; {expected}")
        return _read(path)
    raise UsageError(
        f"{reporter!r} is not a valid reporter: expected 'reference', {_FORMS}, or the path of a "
        "manifest, which 'init' writes"
    )


def features_of(text: str) -> frozenset[str]:
    """The extended features that `--features` names, separated by commas.

    Raises:
        UsageError: There is no such feature.
    """
    names = frozenset(filter(None, (name.strip() for name in text.split(","))))
    _check_features(names, "--features")
    return names


def _check_features(names: frozenset[str], where: str) -> None:
    for name in sorted(names - extended_features()):
        raise unknown("feature", name, extended_features(), where)


def check_adapter(adapter: str, what: str) -> None:
    """Make sure that an adapter, which messages call something, names a reporter.

    Raises:
        UsageError: It does not.
    """
    scheme, _, target = adapter.partition(":")
    try:
        is_whole = _has_scheme(adapter) and ADAPTERS[scheme].names_reporter(target)
    except ValueError as error:
        raise UsageError(f"{what} cannot be split as a shell does: {error}") from error
    if not is_whole or "\0" in target:
        raise UsageError(f"{what} is not a valid reporter: expected {_FORMS}")


def connect(manifest: Manifest, scratch: Path, *, in_process: bool = False) -> Adapter:
    """Plug a reporter in, with a folder for files that lasts as long as the adapter."""
    scheme, _, target = manifest.adapter.partition(":")
    plug_in: Connect = InProcessAdapter if in_process else ADAPTERS[scheme].connect
    return plug_in(target, manifest.folder, scratch)


def _has_scheme(text: str) -> bool:
    return text.partition(":")[0] in ADAPTERS


def _read(path: Path) -> Manifest:
    found = read_toml(path, ManifestFile, "manifest")
    try:
        check_adapter(found.adapter, f"adapter {found.adapter!r}")
        _check_features(found.features, "features")
    except UsageError as error:
        raise invalid(path, "manifest", str(error)) from error
    return Manifest(**asdict(found), folder=path.absolute().parent)
