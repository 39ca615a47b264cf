"""Wraps what is printed, with whole words, under the beginning of each line."""

import re
import textwrap

from ..verdict.status import Status

LABEL = 12
"""The width of the labels before the parts of a message."""

# The margin of a line, and its label, if it has one.
_LABELS = "|".join(re.escape(each.label) for each in Status)
_HANGING = re.compile(rf" *(?:(?:{_LABELS}) +|\S+(?: \S+){{0,2}} {{2,}})?")


def wrapped(text: str, width: int = 80) -> str:
    """Wrap each line under its own beginning, with whole words; commands stay in one piece."""
    lines = []
    for line in text.splitlines():
        hanging = _HANGING.match(line)
        begin = hanging[0] if hanging else ""
        if len(line) > width and " s3-reporter-conformance " not in line:
            room = max(width - len(begin), LABEL)
            words = textwrap.TextWrapper(room, break_long_words=False, break_on_hyphens=False)
            lines.append(begin + f"\n{' ' * len(begin)}".join(words.wrap(line[len(begin) :])))
        else:
            lines.append(line)
    return "\n".join(lines)
