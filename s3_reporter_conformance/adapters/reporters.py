"""Finds the reporter that a user names."""

import os
from pathlib import Path

from msgspec.structs import asdict

from .. import __version__
from ..disk.documents import invalid, read_toml
from ..spec.features import extended_features
from ..words.errors import UsageError
from ..words.names import unknown
from .manifest import Manifest, ManifestFile
from .registry import FORMS, check_adapter, is_adapter

REFERENCE = "python:s3_reporter_conformance.reference:S3Reporter"

_EXPECTED = f"'reference', {FORMS}, or the path of a manifest, which 'init' writes"

OF_TOOLS = frozenset({"live-scan"})
"""The features that only a whole tool can have, and not a reporter alone as the reference is."""


def find_reporter(reporter: str) -> Manifest:
    """Make sense of what the user calls a reporter.

    Args:
        reporter: `reference`, an adapter such as `command:node reporter.mjs`, or the path of a
            manifest.

    Raises:
        UsageError: It names no reporter, or its manifest is wrong.
    """
    if reporter == "reference":
        features = extended_features() - OF_TOOLS
        return Manifest("reference", REFERENCE, version=__version__, features=features)
    if is_adapter(reporter):
        check_adapter(reporter, repr(reporter))
        return Manifest(reporter, reporter)
    path = Path(reporter)
    # Asked of a name that is too long, `Path.exists` would raise.
    if path.suffix == ".toml" or (reporter and os.path.lexists(path)):
        try:
            return _read(path)
        except UsageError as error:
            more = "" if path.suffix == ".toml" else f"\nExpected {_EXPECTED}"
            raise UsageError(f"{error}{more}") from error
    raise UsageError(f"{reporter!r} is not a valid reporter: expected {_EXPECTED}")


def features_of(text: str) -> frozenset[str]:
    """The extended features that `--features` names, separated by commas.

    Raises:
        UsageError: There is no such feature.
    """
    names = frozenset(filter(None, (name.strip() for name in text.split(","))))
    for name in sorted(names - extended_features()):
        raise unknown("feature", name, extended_features(), "--features")
    return names


def _read(path: Path) -> Manifest:
    found = read_toml(path, ManifestFile, "manifest")
    try:
        check_adapter(found.adapter, f"adapter {found.adapter!r}")
        for name in sorted(found.features - extended_features()):
            raise unknown("feature", name, extended_features(), "features")
    except UsageError as error:
        raise invalid(path, "manifest", str(error)) from error
    return Manifest(**asdict(found), folder=path.absolute().parent)
