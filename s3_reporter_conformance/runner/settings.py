"""The settings of a run, shared by the command line and the pytest plugin."""

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from types import NoneType
from typing import Annotated, Any, get_args, get_type_hints

from msgspec import structs

from ..adapters.base import DEFAULT_TIMEOUT
from ..adapters.manifest import MAX_RETRIES, Jitter, Manifest
from ..adapters.registry import connector, features_of, find_reporter
from ..backends.options import BackendOptions
from ..disk.files import expect_temporary_folder
from ..words.option import Option


@dataclass(frozen=True)
class Settings(BackendOptions):
    """What is told of a run; those of the backend are declared by its room."""

    reporter: Annotated[str, Option("The reporter under test.", is_argument=True)] = "reference"
    features: Annotated[
        str | None,
        Option(
            "The extended features that the reporter declares.",
            otherwise="as in the manifest, or none",
            metavar="A,B",
            under_pytest="--reporter-features",
            in_manifest=features_of,
        ),
    ] = None
    timeout: Annotated[
        float,
        Option(
            "The time limit for one call of the reporter.",
            metavar="SECONDS",
            more_than=0,
            under_pytest="--reporter-timeout",
        ),
    ] = DEFAULT_TIMEOUT
    max_retries: Annotated[
        int | None,
        Option(
            "The reporter's default number of retries.",
            otherwise=f"as in the manifest, or {MAX_RETRIES}",
            at_least=0,
            in_manifest=int,
        ),
    ] = None
    jitter: Annotated[
        str | None,
        Option(
            "The jitter of the reporter's waits between retries.",
            otherwise=f"as in the manifest, or {Jitter.NONE.value}",
            choices=tuple(each.value for each in Jitter),
            in_manifest=Jitter,
        ),
    ] = None
    strict: Annotated[
        bool,
        Option("Let recommendations decide, too.", under_pytest="--conformance-strict"),
    ] = False
    in_process: Annotated[
        bool,
        Option("Run a Python reporter in the suite's own process, for a debugger."),
    ] = False
    seed: Annotated[
        str | None,
        Option(
            "Use the bucket names and access keys of an earlier run.",
            otherwise="random",
            metavar="TEXT",
            under_pytest="--conformance-seed",
            is_repeated=False,
        ),
    ] = None

    @classmethod
    def of(cls, value_of: Callable[[str], Any]) -> "Settings":
        """Gather what pytest was told.

        Args:
            value_of: Gives an option's value by its name under pytest.
        """
        return cls(**{option.name: value_of(option.pytest_flag) for option in OPTIONS})

    @cached_property
    def manifest(self) -> Manifest:
        """The reporter, with what the settings say otherwise; a file is read once.

        Raises:
            UsageError: They name no reporter, or its manifest is wrong.
        """
        said = {
            option.name: option.in_manifest(value)
            for option, value in self._said()
            if option.in_manifest
        }
        return structs.replace(find_reporter(self.reporter), **said)

    @property
    def arguments(self) -> list[str]:
        """The options of the pytest plugin that say the same."""
        return [f"{option.pytest_flag}{_behind(value)}" for option, value in self._said()]

    def check(self) -> None:
        """Make sure that a run can be made of this.

        Raises:
            UsageError: A number is out of bounds, there is no such backend or reporter, or no
                space for temporary files.
        """
        for option, value in self._said():
            option.check(value)
        self.check_backend()
        connector(self.manifest, in_process=self.in_process)
        expect_temporary_folder()

    def line(self, *words: str) -> str:
        """A command line that runs a command on the same reporter in the same circumstances.

        Args:
            words: The command and its arguments; `REPORTER` stands for the reporter.
        """
        flags = [
            f"{option.flag}{_behind(value)}"
            for option, value in self._said()
            if option.is_repeated and not option.is_argument and value != option.default
        ]
        command = [self.reporter if word == "REPORTER" else word for word in words]
        return shlex.join(["s3-reporter-conformance", *command, *flags])

    def _said(self) -> Iterator[tuple[Option, Any]]:
        """The options that say anything, each with its value."""
        for option in OPTIONS:
            value = getattr(self, option.name)
            if value is not None and value is not False:
                yield option, value


def _declared() -> Iterator[Option]:
    """The options of `Settings`, each with what its field says of it."""
    hints = get_type_hints(Settings, include_extras=True)
    for each in fields(Settings):
        hint, option = get_args(hints[each.name])
        kind = next(kind for kind in get_args(hint) or (hint,) if kind is not NoneType)
        yield replace(option, name=each.name, type=kind, default=each.default)


OPTIONS = tuple(_declared())
"""Every setting of a run."""


def _behind(value: Any) -> str:
    """What stands behind a flag."""
    if value is True:
        return ""
    return f"={value:g}" if isinstance(value, float) else f"={value}"
