"""The flags of the command line: those of a run are declared by `Settings`."""

from collections.abc import Callable, Container, Sequence
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any

import click
import cloup

from ..reporting.outputs import Detail, Outputs
from ..runner.selection import Selection
from ..runner.settings import Settings
from ..spec.rules import Level
from ..words.option import Option, options_of

Command = Callable[..., int]
Decorator = Callable[[Command], Command]


class _Named(click.Path):
    """A path that has a name: an unset variable in a script is not the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty name."""
        if not str(value):
            self.fail(f"the name of the {self.name} is empty", param, ctx)
        return super().convert(value, param, ctx)


LEVELS = click.Choice([level.value for level in Level])
A_FILE = _Named(dir_okay=False, path_type=Path)
MANIFEST = Path("reporter.toml")
"""The manifest of a folder, where none is named."""
A_FOLDER = _Named(file_okay=False, path_type=Path)


def file_option(*names: str, help: str, **more: Any) -> Decorator:  # noqa: A002 -- click's name
    """A flag that names a file."""
    return cloup.option(*names, type=A_FILE, metavar="FILE", help=help, **more)


def folder_option(*names: str, help: str, **more: Any) -> Decorator:  # noqa: A002 -- click's name
    """A flag that names a folder."""
    return cloup.option(*names, type=A_FOLDER, metavar="DIR", help=help, **more)


def _flag_of(option: Option) -> Decorator:
    if option.type is bool:
        return cloup.option(option.flag, is_flag=True, help=option.help)
    return cloup.option(
        option.flag,
        type=click.Choice(option.choices) if option.choices else option.type,
        default=option.default,
        metavar=option.metavar,
        help=option.help,
    )


def _gathered(kind: type[Any], name: str, groups: dict[str, Sequence[Decorator]]) -> Decorator:
    """Give a command flags, gathered into one argument.

    Args:
        kind: A dataclass whose fields have the names of the flags.
        name: What the command calls the argument.
        groups: The flags, under the titles that they have in the help.
    """

    def decorate(command: Command) -> Command:
        @wraps(command)
        def gathered(**given: Any) -> int:
            names = given.keys() & {each.name for each in fields(kind)}
            values = {each: given.pop(each) for each in names}
            return command(**given, **{name: kind(**values)})

        decorated: Command = gathered
        for title in reversed(groups):
            decorated = cloup.option_group(title, *groups[title])(decorated)
        return decorated

    return decorate


def _flags_of_settings(left_out: Container[str] = ()) -> dict[str, Sequence[Decorator]]:
    flags: dict[str, Sequence[Decorator]] = {}
    for option in options_of(Settings):
        if option.name != "reporter" and option.name not in left_out:
            flags[option.group] = (*flags.get(option.group, ()), _flag_of(option))
    return flags


_FLAGS = _flags_of_settings()

with_settings = _gathered(Settings, "settings", _FLAGS)
# All of them, also for a command that calls no reporter: users repeat those of the run before.
with_backend = _gathered(Settings, "settings", {"Backend": _FLAGS["Backend"]})

# What matters only if the suite runs the reporter.
_OF_CALLS = ("timeout", "jitter", "in_process")
with_settings_of_served = _gathered(Settings, "settings", _flags_of_settings(left_out=_OF_CALLS))

with_selection = _gathered(
    Selection,
    "selection",
    {
        "Selection": (
            cloup.option(
                "-k",
                "keyword",
                metavar="EXPRESSION",
                help='Run only these: "CFG or a-json-report".',
            ),
            cloup.option(
                "-m",
                "marks",
                metavar="EXPRESSION",
                help='Select by feature file: "error_handling and drawn".',
            ),
            cloup.option("--level", type=LEVELS, help="Judge only the rules of this level."),
            cloup.option(
                "--last-failed",
                is_flag=True,
                help="Run only what did not pass in the last run in this folder.",
            ),
        )
    },
)

with_detail = _gathered(
    Detail,
    "detail",
    {
        "What is printed": (
            cloup.option("--quiet", is_flag=True, help="Hide rules that hold."),
            cloup.option(
                "--verbose", is_flag=True, help="Show each run, and rules that are not claimed."
            ),
            cloup.option(
                "--durations",
                type=click.IntRange(min=0),
                default=0,
                metavar="N",
                help="List the N slowest runs.",
            ),
        )
    },
)

with_outputs = _gathered(
    Outputs,
    "outputs",
    {
        "Output files": (
            file_option("--report", help="Write the conformance report, JSON."),
            file_option("--junitxml", help="Write JUnit XML."),
            file_option("--markdown", help="Write a summary in Markdown."),
            file_option("--badge", help="Write a badge: FILE.json for shields.io, or FILE.svg."),
            folder_option("--html", help="Write a site to this folder."),
        )
    },
)
