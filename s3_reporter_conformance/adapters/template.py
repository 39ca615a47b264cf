"""The manifest that `init` writes, filled with what the suite knows."""

import textwrap
from collections.abc import Iterator
from importlib import resources
from string import Template

from ..spec.features import extended_features
from ..spec.gherkin import summary_of
from .manifest import Manifest
from .registry import ADAPTERS

_WIDTH = 100


def manifest_template() -> str:
    """A manifest with comments, in which every extended feature is named."""
    text = (resources.files(__package__) / "template.toml").read_text(encoding="utf-8")
    return Template(text).substitute(
        adapters="\n".join(f"#   {kind.form:<33}{kind.about}" for kind in ADAPTERS.values()),
        features="\n".join(_feature_lines()),
        max_retries=Manifest.max_retries,
        jitter=Manifest.jitter.value,
    )


def _feature_lines() -> Iterator[str]:
    for name in sorted(extended_features()):
        yield textwrap.indent(textwrap.fill(summary_of(name), _WIDTH - 6), "    # ")
        yield f'    # "{name}",'
