"""Finds the reporter that a user names."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import __version__
from ..disk.documents import read_toml
from ..spec.features import extended_features
from ..words.errors import UsageError
from ..words.names import unknown
from .manifest import Jitter, Manifest
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
    document = read_toml(path, "manifest", _wrong_in)
    return Manifest(
        name=document["name"],
        adapter=document["adapter"],
        folder=path.absolute().parent,
        version=document.get("version", Manifest.version),
        url=document.get("url", Manifest.url),
        features=frozenset(document.get("features", ())),
        # JSON Schema takes 3.0 for a whole number.
        max_retries=int(document.get("max_retries", Manifest.max_retries)),
        jitter=Jitter(document.get("jitter", Manifest.jitter.value)),
    )


def _wrong_in(document: Mapping[str, Any]) -> Iterator[str]:
    """What a schema cannot say of a manifest."""
    match document:
        case {"adapter": str(adapter)} if is_adapter(adapter):
            try:
                check_adapter(adapter, f"adapter {adapter!r}")
            except UsageError as error:
                yield str(error)
    match document:
        case {"features": [*features]}:
            for number, name in enumerate(features):
                if isinstance(name, str) and name not in extended_features():
                    yield str(unknown("feature", name, extended_features(), f"features[{number}]"))
