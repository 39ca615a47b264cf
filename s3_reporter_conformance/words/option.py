"""Declares a setting once, for the command line and for pytest."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from types import NoneType
from typing import Any, get_args


@dataclass(frozen=True, kw_only=True)
class Option:
    """A field of a class of settings, under its title in the help of the command line.

    The flag may stand alone if there is a value for a bare one.
    """

    name: str
    flag: str
    type: type
    default: Any
    help: str
    group: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    bare: str | None = None


def option(default: Any, text: str, *, otherwise: str = "", **more: Any) -> Any:
    """Declare a field with a help as an option, and with further attributes of `Option`.

    The default is told in words if it does not show itself.
    """
    shown = otherwise or (str(default) if default else "")
    return field(
        default=default,
        metadata={"help": f"{text}  [default: {shown}]" if shown else text, **more},
    )


def options_of(settings: type) -> Iterator[Option]:
    """The options that a class of settings declares."""
    for each in fields(settings):
        kinds = get_args(each.type) or (each.type,)
        given = {
            "flag": f"--{each.name.replace('_', '-')}",
            "group": "Reporter",
            "type": next(kind for kind in kinds if kind is not NoneType),
            **each.metadata,
        }
        yield Option(name=each.name, default=each.default, **given)
