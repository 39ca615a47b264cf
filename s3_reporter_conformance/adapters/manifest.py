"""The manifest: a reporter's name, adapter, features, and defaults."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from .. import __version__
from ..errors import UsageError
from ..schemas import read_toml
from .base import Adapter
from .command import CommandAdapter
from .in_process import InProcessAdapter
from .python import PythonAdapter

REFERENCE = "python:s3_reporter_conformance.reference:S3Reporter"
ASH_PLUGIN = "automated_security_helper.plugin_modules.ash_aws_plugins.s3_reporter:S3Reporter"
ASH_WRAPPER = "s3_reporter_conformance.adapters.ash:as_reporter"

_SCHEMES = ("python", "command", "ash")
_ADAPTERS = "'python:package.module:Attribute', 'command:program arguments', 'ash:'"

EXTENDED_FEATURES = frozenset(
    {
        "athena-lines",
        "atomic-local-copy",
        "default-prefix",
        "default-region-env",
        "environment-credentials",
        "guarded-report",
        "hadoop-safe-keys",
        "idempotent-retry",
        "local-failure",
        "local-name",
        "missing-timestamp",
        "no-retry-stacking",
        "no-secrets",
        "preflight",
        "profile-env",
        "retry-options",
        "transient-retry",
    }
)
"""The features beyond the diagrams that a reporter may declare."""


class Jitter(Enum):
    """How a reporter randomizes its waits.

    AWS Architecture Blog, "Exponential Backoff And Jitter".
    """

    NONE = "none"
    EQUAL = "equal"
    FULL = "full"

    @property
    def least(self) -> float:
        """The smallest fraction of the full wait."""
        return {Jitter.NONE: 1.0, Jitter.EQUAL: 0.5, Jitter.FULL: 0.0}[self]


@dataclass(frozen=True)
class Manifest:
    """A reporter's name, adapter, features, and defaults.

    Attributes:
        name: The display name.
        adapter: `python:module:attribute`, `command:` with a command line, or `ash:`.
        folder: Where commands run and modules are found.
        version: The version of the reporter; empty if unknown.
        url: The home page; empty if unknown.
        features: The extended features that it declares.
        max_retries: Its default number of retries.
        jitter: Its jitter.
    """

    name: str
    adapter: str
    folder: Path = field(default_factory=Path.cwd)
    version: str = ""
    url: str = ""
    features: frozenset[str] = frozenset()
    max_retries: int = 3
    jitter: Jitter = Jitter.NONE

    def connect(self, scratch: Path, *, in_process: bool = False) -> Adapter:
        """Open the adapter.

        Args:
            scratch: A folder for the adapter's files, kept until the adapter is closed.
            in_process: Run a Python reporter in this process, for a debugger.

        Raises:
            AdapterError: The reporter cannot be loaded.
        """
        scheme, _, target = self.adapter.partition(":")
        if scheme == "command":
            return CommandAdapter(shlex.split(target), self.folder)
        wrapper = ASH_WRAPPER if scheme == "ash" else ""
        target = target or ASH_PLUGIN
        if in_process:
            return InProcessAdapter(target, self.folder, wrapper)
        return PythonAdapter(target, scratch, self.folder, wrapper)


def find_reporter(
    reporter: str,
    features: str | None = None,
    max_retries: int | None = None,
    jitter: str | None = None,
) -> Manifest:
    """Resolve REPORTER to a manifest.

    Args:
        reporter: `reference`, an adapter such as `command:node reporter.mjs`, or the path of a
            manifest.
        features: The extended features that it declares, separated by commas.  `None`, here and
            below, keeps the value of the manifest.
        max_retries: Its default number of retries.
        jitter: `none`, `equal`, or `full`.

    Raises:
        UsageError: The reporter, a feature, or the manifest is invalid.
    """
    manifest = _named(reporter)
    if features is not None:
        names = [name.strip() for name in features.split(",")]
        manifest = replace(manifest, features=_known(filter(None, names), "--features"))
    if max_retries is not None:
        manifest = replace(manifest, max_retries=max_retries)
    if jitter is not None:
        manifest = replace(manifest, jitter=Jitter(jitter))
    return manifest


def _named(reporter: str) -> Manifest:
    if reporter == "reference":
        return Manifest("reference", REFERENCE, version=__version__, features=EXTENDED_FEATURES)
    if reporter.partition(":")[0] in _SCHEMES:
        _check_adapter(reporter, repr(reporter))
        return Manifest(reporter, reporter)
    if reporter.endswith(".toml") or (reporter and Path(reporter).exists()):
        return _read(Path(reporter))
    raise UsageError(
        f"{reporter!r} is not a valid reporter: expected 'reference', {_ADAPTERS}, or the path of "
        "a manifest, which 'init' writes"
    )


def _read(path: Path) -> Manifest:
    document = read_toml(path, "manifest")
    adapter: str = document["adapter"]
    _check_adapter(adapter, f"{path}: adapter {adapter!r}")
    return Manifest(
        name=document["name"],
        adapter=adapter,
        folder=path.absolute().parent,
        version=document.get("version", ""),
        url=document.get("url", ""),
        features=_known(document.get("features", []), str(path)),
        max_retries=document.get("max_retries", Manifest.max_retries),
        jitter=Jitter(document.get("jitter", Jitter.NONE.value)),
    )


def _check_adapter(adapter: str, what: str) -> None:
    scheme, _, target = adapter.partition(":")
    module, _, attribute = target.partition(":")
    try:
        words = shlex.split(target) if scheme == "command" else [target]
    except ValueError as error:
        raise UsageError(f"{what} cannot be split as a shell does: {error}") from error
    whole = bool(module and attribute)
    if not {"python": whole, "command": any(words), "ash": whole or not target}[scheme]:
        raise UsageError(f"{what} is not a valid reporter: expected {_ADAPTERS}")


def _known(features: Iterable[str], where: str) -> frozenset[str]:
    declared = frozenset(features)
    if unknown := declared - EXTENDED_FEATURES:
        raise UsageError(
            f"{where}: unknown feature {', '.join(sorted(unknown))}: "
            f"there are {', '.join(sorted(EXTENDED_FEATURES))}"
        )
    return declared
