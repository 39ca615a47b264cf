"""Names that a user types, the names that there are, and how many."""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from .errors import UsageError

_FEW = 30
_SOME = 3


def text_of(value: object, form: Callable[[Any], str] = str) -> str:
    """The text of a value of a reporter's, which may refuse to have one."""
    try:
        return form(value)
    except BaseException:  # noqa: BLE001 -- it may raise anything
        return f"{type(value).__name__}, which cannot be printed"


def count_of(number: int, noun: str) -> str:
    """A number of things in words: `1 request`, `2 requests`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def some_of(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are: `a, b, c and 2 more`."""
    shown = names if len(names) <= _SOME + 1 else names[:_SOME]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def unknown(what: str, name: str, known: Iterable[str], where: str = "") -> UsageError:
    """Make the error that there is no rule, say, of a name, with those that may have been meant."""
    names = sorted(known)
    hint = f"'list{' --runs' if what == 'run' else ''}' shows all"
    meant = re.sub(r"-?(\d)$", r"-0\1", name.upper())
    likely = [meant] if meant in names else get_close_matches(name, names)
    close = likely or get_close_matches(meant, names)
    if not close and len(names) > _FEW:
        close = [each for each in names if name.lower() in each.lower()][:_SOME]
    if close:
        hint = f"did you mean {' or '.join(close)}?"
    elif len(names) <= _FEW:
        hint = f"there are {', '.join(names)}"
    place = f"{where}: " if where else ""
    return UsageError(f"{place}there is no {what} {name}: {hint}")
