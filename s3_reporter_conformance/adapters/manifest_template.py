"""The manifest that `init` writes, filled with what the suite knows."""

import json
import textwrap
from collections.abc import Iterator
from importlib import resources
from string import Template

import msgspec

from ..spec.features import extended_features
from ..spec.gherkin import summary_of
from ..words.errors import UsageError
from .manifest import MAX_RETRIES, Jitter, Name
from .registry import ADAPTERS

_WIDTH = 100


def manifest_template(adapter: str | None = None, name: str | None = None) -> str:
    """A manifest with comments, in which every extended feature is named.

    Args:
        adapter: How to run the reporter; an example if it is not known.
        name: What the reporter is called; an example if that is not known.
    """
    text = (resources.files(__package__) / "manifest_template.toml").read_text(encoding="utf-8")
    return Template(text).substitute(
        adapter=_text(adapter or "command:node reporter.mjs"),
        name=_text(name or "my-reporter"),
        adapters="\n".join(f"#   {kind.form:<33}{kind.about}" for kind in ADAPTERS.values()),
        features="\n".join(_feature_lines()),
        max_retries=MAX_RETRIES,
        jitter=Jitter.NONE.value,
    )


def check_name(name: str) -> None:
    """Make sure that a manifest can have a name.

    Raises:
        UsageError: It cannot.
    """
    try:
        msgspec.convert(name, Name)
    except msgspec.ValidationError:
        raise UsageError(
            f"--name {name!r} names no reporter: expected one line that is not empty, "
            "nor 'reference'"
        ) from None


def _text(value: str) -> str:
    """A text as TOML has it, which reads what JSON writes."""
    return json.dumps(value, ensure_ascii=False)


def _feature_lines() -> Iterator[str]:
    for name in sorted(extended_features()):
        yield textwrap.indent(textwrap.fill(summary_of(name), _WIDTH - 6), "    # ")
        yield f'    # "{name}",'
