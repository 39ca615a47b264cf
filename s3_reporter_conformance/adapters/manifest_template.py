"""The manifest that `init` writes, filled with what the suite knows."""

import json
from importlib import resources

import msgspec

from ..spec.features import extended_features
from ..spec.gherkin import summary_of
from ..words.errors import UsageError
from .manifest import MAX_RETRIES, Jitter, Name
from .registry import ADAPTERS


def manifest_template(adapter: str | None = None, name: str | None = None) -> str:
    """A manifest with comments, in which every extended feature is named."""
    from jinja2 import Template  # noqa: PLC0415 -- only `init` needs it

    text = (resources.files(__package__) / "manifest_template.toml").read_text(encoding="utf-8")
    template = Template(text, trim_blocks=True, keep_trailing_newline=True)
    written: str = template.render(
        # TOML reads what JSON writes.
        adapter=json.dumps(adapter or "command:node reporter.mjs", ensure_ascii=False),
        name=json.dumps(name or "my-reporter", ensure_ascii=False),
        adapters=ADAPTERS.values(),
        features=sorted(extended_features()),
        summary_of=summary_of,
        max_retries=MAX_RETRIES,
        jitter=Jitter.NONE.value,
    )
    return written


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
