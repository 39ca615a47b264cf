"""The flags of the command line: those of a run are declared by `Settings`."""

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ..reporting.outputs import Outputs
from ..runner.selection import Selection
from ..runner.settings import OPTIONS, Option, Settings
from ..spec.requirements import Level

Command = Callable[..., int]
Decorator = Callable[[Command], Command]

LEVELS = click.Choice([level.value for level in Level])
A_FILE = click.Path(dir_okay=False, path_type=Path)
A_FOLDER = click.Path(file_okay=False, path_type=Path)


def file_option(*names: str, help: str, **more: Any) -> Decorator:  # noqa: A002 -- click's name
    """A flag that names a file."""
    return click.option(*names, type=A_FILE, metavar="FILE", help=help, **more)


def folder_option(*names: str, help: str, **more: Any) -> Decorator:  # noqa: A002 -- click's name
    """A flag that names a folder."""
    return click.option(*names, type=A_FOLDER, metavar="DIR", help=help, **more)


def _flag_of(option: Option) -> Decorator:
    if option.type is bool:
        return click.option(option.flag, is_flag=True, help=option.description)
    return click.option(
        option.flag,
        type=_type_of(option),
        default=option.default,
        metavar=option.metavar,
        help=option.description,
    )


def _type_of(option: Option) -> Any:
    if option.choices:
        return click.Choice(option.choices)
    if option.type is int:
        return click.IntRange(min=option.at_least)
    if option.type is float:
        return click.FloatRange(min=option.more_than, min_open=True)
    return option.type


def _gathered(kind: type[Any], name: str, flags: tuple[Decorator, ...]) -> Decorator:
    """Give a command flags, gathered into one argument.

    Args:
        kind: A dataclass whose fields have the names of the flags.
        name: What the command calls the argument.
        flags: The flags.
    """

    def decorate(command: Command) -> Command:
        @wraps(command)
        def gathered(**given: Any) -> int:
            values = {each.name: given.pop(each.name) for each in fields(kind)}
            return command(**given, **{name: kind(**values)})

        decorated: Command = gathered
        for flag in reversed(flags):
            decorated = flag(decorated)
        return decorated

    return decorate


with_settings = _gathered(
    Settings,
    "settings",
    tuple(_flag_of(option) for option in OPTIONS if not option.is_argument),
)

with_selection = _gathered(
    Selection,
    "selection",
    (
        click.option(
            "-k", "keyword", metavar="EXPRESSION", help="Run only matching ids, as pytest's -k."
        ),
        click.option(
            "-m",
            "marks",
            metavar="EXPRESSION",
            help='Run only these, as pytest\'s -m: "error_handling and core".',
        ),
        click.option("--level", type=LEVELS, help="Run only this level."),
        click.option(
            "--last-failed",
            is_flag=True,
            help="Run only what did not pass the last time in this folder.",
        ),
    ),
)

with_outputs = _gathered(
    Outputs,
    "outputs",
    (
        file_option("--report", help="Write the conformance report, JSON."),
        file_option("--junitxml", help="Write JUnit XML."),
        file_option("--markdown", help="Write a summary in Markdown."),
        file_option("--cucumber-messages", help="Write Cucumber Messages, NDJSON."),
        folder_option("--html", help="Draw the result as a site in this folder."),
    ),
)
