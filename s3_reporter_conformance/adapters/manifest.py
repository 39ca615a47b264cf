"""The knowledge about a reporter before it runs; the schema of manifests is generated from it."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, field

from .retries import MAX_RETRIES, MOST_RETRIES, Jitter

Name = Annotated[
    str,
    Meta(pattern=r"^(?!reference$)(?!\s*$)[^\x00-\x1f\x7f]+$", examples=["my-reporter"]),
]
"""The name of a reporter."""


class ManifestFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The file in which a reporter says how to run it, and what it claims.

    Attributes:
        name: The display name of the reporter, one line; 'reference' is taken.
        adapter: How to run it. Commands run, and modules are found, in the manifest's folder.
        url: The home page of the reporter.
        features: The extended features that it declares.
        max_retries: The default number of retries.
        jitter: The jitter of the waits between retries: none, equal, or full.
    """

    name: Name
    adapter: Annotated[
        str,
        Meta(examples=["command:node reporter.mjs", "python:package.module:Attribute", "ash:"]),
    ]
    version: Annotated[str, Meta(examples=["1.0"])] = ""
    url: Annotated[str, Meta(examples=["https://example.org"])] = ""
    features: Annotated[frozenset[str], Meta(examples=[["retry-options"]])] = frozenset()
    max_retries: Annotated[int, Meta(ge=1, le=MOST_RETRIES, examples=[3])] = MAX_RETRIES
    jitter: Jitter = Jitter.NONE


class Manifest(ManifestFile, frozen=True):
    """A reporter, as its manifest or the command line describes it, and the manifest's folder."""

    folder: Path = field(default_factory=Path.cwd)
