"""What is known of a reporter before it runs."""

from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from . import Adapter
from .python import PythonAdapter

REFERENCE = "python:s3_reporter_conformance.reference:S3Reporter"

EXTENDED_FEATURES = frozenset(
    {
        "atomic-local-copy",
        "default-prefix",
        "default-region-env",
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


@dataclass(frozen=True)
class Manifest:
    """A reporter's name, how to reach it, and what it claims.

    Attributes:
        name: What people call it.
        adapter: `python:module:attribute`.
        features: The extended features it declares.
    """

    name: str
    adapter: str
    features: frozenset[str] = frozenset()

    def connect(self, scratch: Path) -> Adapter:
        """Plug the reporter in.

        Args:
            scratch: A folder for the adapter's files that lasts as long as the adapter.

        Raises:
            AdapterError: It cannot be loaded.
        """
        return PythonAdapter(self.adapter.removeprefix("python:"), scratch)


def find_reporter(reporter: str, features: str | None = None) -> Manifest:
    """Make sense of what the user calls a reporter.

    Args:
        reporter: `reference` or `python:package.module:Attribute`.
        features: The extended features it declares, separated by commas; `None` for what the
            reference declares, and for others none.

    Raises:
        UsageError: It names no reporter, or a feature that is unknown.
    """
    if reporter == "reference":
        declared = EXTENDED_FEATURES if features is None else _parse(features)
        return Manifest("reference", REFERENCE, declared)
    scheme, _, target = reporter.partition(":")
    module, _, attribute = target.partition(":")
    if scheme != "python" or not module or not attribute:
        message = (
            f"{reporter!r} names no reporter: expected 'reference' or "
            "'python:package.module:Attribute'"
        )
        raise UsageError(message)
    return Manifest(reporter, reporter, _parse(features or ""))


def _parse(features: str) -> frozenset[str]:
    declared = frozenset(name.strip() for name in features.split(",") if name.strip())
    if unknown := declared - EXTENDED_FEATURES:
        message = (
            f"unknown feature {', '.join(sorted(unknown))}: "
            f"there are {', '.join(sorted(EXTENDED_FEATURES))}"
        )
        raise UsageError(message)
    return declared
