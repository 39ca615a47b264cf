"""The permissions of files and folders, which reporters must leave as they are."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from ..disk.folders import entries


def read_modes(folder: Path) -> Mapping[str, int]:
    """The permissions of a folder, called `.`, and of what lies under it, by relative path."""
    modes = {}
    for path in (folder, *(Path(entry.path) for entry in entries(folder))):
        with suppress(OSError):
            modes[str(path.relative_to(folder))] = S_IMODE(path.stat().st_mode)
    return modes
