"""What takes the place of a value that neither JSON nor YAML has a type for."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any


def plain(value: Any) -> Any:
    """Turn a value into plain data, but not what it contains (interpretation 10).

    Args:
        value: Anything but text, a number, a truth value, `None` or a list.

    Returns:
        A dict whose keys are text, a list, text, or the value of an enumeration's member.

    Raises:
        ValueError: Two keys are the same as text, such as 1 and "1": one of them would get lost.
    """
    match value:
        case Enum():
            return value.value
        case Mapping():
            named = {str(key): item for key, item in value.items()}
            if len(named) < len(value):
                message = "an object holds a name twice, once as text and once as another type"
                raise ValueError(message)
            return named
        case tuple() | set() | frozenset():
            return list(value)
        case date():
            return value.isoformat()
        case other:
            return str(other)
