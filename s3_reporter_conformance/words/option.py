"""Declares a setting once, for the command line and for pytest."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from types import NoneType
from typing import Any, get_args


@dataclass(frozen=True)
class Option:
    """A field of a class of settings.

    Attributes:
        name: The name of the field; with dashes, that of the flag.
        type: The type of its value.
        default: Its value by default.
        help: The help, with the default.
        group: The title under which the command line's help has it.
        metavar: The placeholder for its value in the help.
        choices: The values that there are, if they can be listed.
    """

    name: str
    type: type
    default: Any
    help: str
    group: str
    metavar: str | None
    choices: tuple[str, ...]

    @property
    def flag(self) -> str:
        """The flag on the command line."""
        return f"--{self.name.replace('_', '-')}"


def option(  # noqa: PLR0913 -- all that there is to a flag
    default: Any,
    text: str,
    *,
    group: str = "Reporter",
    otherwise: str = "",
    metavar: str | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    """Declare a field of a frozen dataclass as an option.

    Args:
        default: Its value by default.
        text: The help.
        group: The title under which the command line's help has it.
        otherwise: The default in words, where it does not show itself.
        metavar: The placeholder for its value in the help.
        choices: The values that there are, if they can be listed.
    """
    shown = otherwise or ("" if default in {None, False} else f"{default}")
    text = f"{text}  [default: {shown}]" if shown else text
    more = {"help": text, "group": group, "metavar": metavar, "choices": choices}
    return field(default=default, metadata=more)


def options_of(settings: type) -> Iterator[Option]:
    """The options that a class of settings declares."""
    for each in fields(settings):
        kinds = get_args(each.type) or (each.type,)
        kind = next(kind for kind in kinds if kind is not NoneType)
        yield Option(name=each.name, type=kind, default=each.default, **each.metadata)
