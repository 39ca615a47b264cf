"""The files through which a whole ASH gets scan results, and tells what it did."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..words.errors import UnsupportedError
from .base import LogRecord
from .scan_results import ScanResults, sample_document
from .scanned import RESULTS, RETURNED

LOG = "ash.log"
"""ASH's log, in the output folder."""

_OF_ASH_CORE = (RESULTS, LOG, RETURNED)
_RECORD = re.compile(r"^[-\d]+ [:,\d]+\t(?P<level>[A-Z]+)\t(?P<place>\S+)\t", re.MULTILINE)


def results_file(results: ScanResults) -> str:
    """The results as the file that ASH reads: those of the sample scan, changed as a scenario says.

    Raises:
        UnsupportedError: JSON has no type for one of the values.
    """
    try:
        return json.dumps({**sample_document(), **results.data})
    except TypeError as error:
        message = f"ASH reads results from JSON, which cannot hold them: {error}"
        raise UnsupportedError(message) from error


def changed_paths(given: Any, found: Any, path: str = "") -> Iterator[str]:
    """The dotted paths of what is missing, added, or not as it was given."""
    if not (isinstance(given, Mapping) and isinstance(found, Mapping)):
        if given != found:
            yield path
        return
    for name in {**given, **found}:
        inner = f"{path}.{name}".lstrip(".")
        if name in given and name in found:
            yield from changed_paths(given[name], found[name], inner)
        else:
            yield inner


@contextmanager
def set_aside(output_dir: Path, aside: Path) -> Iterator[None]:
    """Move what ASH Core writes to another folder: it is not the reporter's.

    What a scenario has put in the same places comes back.

    Args:
        output_dir: ASH's output folder.
        aside: The other folder.
    """
    before = {name: (output_dir / name).read_bytes() for name in _there(output_dir)}
    for name in before:
        (output_dir / name).unlink()
    try:
        yield
    finally:
        for name in _there(output_dir):
            kept = aside / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(output_dir / name, kept)
        for name, content in before.items():
            (output_dir / name).write_bytes(content)


def log_records(log: str) -> Iterator[LogRecord]:
    """The records of ASH's log: time, level, place in the source, and message, with tabs between.

    A message may have several lines.
    """
    beginnings = list(_RECORD.finditer(log))
    ends = [each.start() for each in beginnings[1:]] + [len(log)]
    for record, end in zip(beginnings, ends, strict=True):
        yield LogRecord(record["level"], record["place"], log[record.end() : end].strip())


def read(path: Path) -> str | None:
    """The text of a file; `None` if there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None


def _there(output_dir: Path) -> list[str]:
    return [name for name in _OF_ASH_CORE if (output_dir / name).is_file()]
