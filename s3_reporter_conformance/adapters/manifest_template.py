"""The manifest that `init` writes."""

from importlib import resources

import msgspec
import tomlkit

from ..words.errors import UsageError
from .manifest import Name


def manifest_template(adapter: str | None = None, name: str | None = None) -> str:
    """A manifest with comments, in which every extended feature is named.

    Raises:
        UsageError: A manifest cannot have this name.
    """
    text = (resources.files(__package__) / "manifest_template.toml").read_text(encoding="utf-8")
    manifest = tomlkit.parse(text)
    if adapter is not None:
        manifest["adapter"] = adapter
    if name is not None:
        manifest["name"] = _checked(name)
    return tomlkit.dumps(manifest)


def _checked(name: str) -> str:
    try:
        return msgspec.convert(name, Name)
    except msgspec.ValidationError:
        raise UsageError(
            f"--name is {name!r}; expected one line with a name, other than 'reference'"
        ) from None
