"""Makes the flags of the command line from the options that classes of settings declare."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

from ..backends.registry import BackendOptions
from ..exploring.options import Exploring
from ..reporting.outputs import Detail, Outputs
from ..runner.selection import Selection
from ..runner.settings import Gates, Settings
from ..words.option import Option, options_of
from .grouped import GroupedOption

Command = Callable[..., int]
Decorator = Callable[[Command], Command]


class _Named(click.Path):
    """A path that has a name: an unset variable in a script is not the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty name, and one that other programs take for a stream."""
        if not str(value):
            self.fail(f"the name of the {self.name} is empty", param, ctx)
        if str(value) == "-":
            self.fail("'-' is no stream here: name /dev/stdin or /dev/stdout", param, ctx)
        return super().convert(value, param, ctx)


A_FILE = _Named(dir_okay=False, path_type=Path)
MANIFEST = Path("reporter.toml")
"""The manifest of a folder, where none is named."""
A_FOLDER = _Named(file_okay=False, path_type=Path)


def names_beginning(begun: str, names: Iterable[str]) -> list[str]:
    """The names with which a shell can complete a word."""
    return [name for name in names if name.lower().startswith(begun.lower())]


def _flag_of(option: Option) -> Decorator:
    common: dict[str, Any] = {"cls": GroupedOption, "group": option.group, "help": option.help}
    named = partial(click.option, option.flag, option.name, **common)
    if option.type is bool:
        return named(is_flag=True)
    kind: Any = click.Choice(option.choices) if option.choices else option.type
    if kind is Path:
        kind = A_FOLDER if option.metavar == "DIR" else A_FILE
    bare: dict[str, Any] = {"is_flag": False, "flag_value": option.bare} if option.bare else {}
    return named(**bare, type=kind, default=option.default, metavar=option.metavar)


def gathered(kind: type[Any], name: str, options: Iterable[Option]) -> Decorator:
    """Give a command flags, gathered into one argument.

    Args:
        kind: A dataclass that declares options.
        name: The name of the command's argument.
        options: The options to give it, of those that the class declares.
    """
    flags = [_flag_of(option) for option in options]

    def decorate(command: Command) -> Command:
        @wraps(command)
        def called(**given: Any) -> int:
            names = given.keys() & {each.name for each in fields(kind)}
            values = {each: given.pop(each) for each in names}
            return command(**given, **{name: kind(**values)})

        decorated: Command = called
        for flag in reversed(flags):
            decorated = flag(decorated)
        return decorated

    return decorate


# The reporter is an argument.
_SETTINGS = [option for option in options_of(Settings) if option.name != "reporter"]

with_settings = gathered(Settings, "settings", _SETTINGS)
# All of them, also for a command that calls no reporter: users repeat those of the run before.
with_backend = gathered(Settings, "settings", options_of(BackendOptions))
with_selection = gathered(Selection, "selection", options_of(Selection))
with_exploring = gathered(Exploring, "exploring", options_of(Exploring))
with_detail = gathered(Detail, "detail", options_of(Detail))
with_gates = gathered(Gates, "gates", options_of(Gates))
with_outputs = gathered(Outputs, "outputs", options_of(Outputs))
