"""What is known of a reporter before it runs."""

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from ..errors import UsageError
from . import Adapter
from .python import PythonAdapter

REFERENCE = "python:s3_reporter_conformance.reference:S3Reporter"

EXTENDED_FEATURES = frozenset(
    {
        "athena-lines",
        "atomic-local-copy",
        "default-prefix",
        "default-region-env",
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
"""What a reporter may declare beyond the diagrams."""


class Jitter(Enum):
    """How a reporter spreads its waits, so that not all retry at once.

    AWS Architecture Blog, "Exponential Backoff And Jitter".
    """

    NONE = "none"
    EQUAL = "equal"
    FULL = "full"

    @property
    def least(self) -> float:
        """The least part of the full wait that is waited."""
        return {Jitter.NONE: 1.0, Jitter.EQUAL: 0.5, Jitter.FULL: 0.0}[self]


@dataclass(frozen=True)
class Manifest:
    """A reporter's name, how to reach it, and what it claims.

    Attributes:
        name: What people call it.
        adapter: `python:module:attribute`.
        features: The extended features that it declares.
        max_retries: How often it retries where nothing is configured.
        jitter: How it spreads its waits.
    """

    name: str
    adapter: str
    features: frozenset[str] = frozenset()
    max_retries: int = 3
    jitter: Jitter = Jitter.NONE

    def connect(self, scratch: Path) -> Adapter:
        """Plug the reporter in.

        Args:
            scratch: A folder for the adapter's files that lasts as long as the adapter.

        Raises:
            AdapterError: It cannot be loaded.
        """
        return PythonAdapter(self.adapter.removeprefix("python:"), scratch)


def find_reporter(
    reporter: str,
    features: str | None = None,
    max_retries: int = Manifest.max_retries,
    jitter: str = Jitter.NONE.value,
) -> Manifest:
    """Make sense of what the user calls a reporter.

    Args:
        reporter: `reference` or `python:package.module:Attribute`.
        features: The extended features it declares, separated by commas; `None` for what the
            reference declares, and for others none.
        max_retries: How often it retries where nothing is configured.
        jitter: `none`, `equal` or `full`.

    Raises:
        UsageError: It names no reporter, or a feature that is unknown.
    """
    manifest = _named(reporter)
    if features is not None:
        manifest = replace(manifest, features=_parse(features))
    return replace(manifest, max_retries=max_retries, jitter=Jitter(jitter))


def _named(reporter: str) -> Manifest:
    if reporter == "reference":
        return Manifest("reference", REFERENCE, EXTENDED_FEATURES)
    scheme, _, target = reporter.partition(":")
    module, _, attribute = target.partition(":")
    if scheme != "python" or not module or not attribute:
        raise UsageError(
            f"{reporter!r} names no reporter: expected 'reference' or "
            "'python:package.module:Attribute'"
        )
    return Manifest(reporter, reporter)


def _parse(features: str) -> frozenset[str]:
    declared = frozenset(name.strip() for name in features.split(",") if name.strip())
    if unknown := declared - EXTENDED_FEATURES:
        raise UsageError(
            f"unknown feature {', '.join(sorted(unknown))}: "
            f"there are {', '.join(sorted(EXTENDED_FEATURES))}"
        )
    return declared
