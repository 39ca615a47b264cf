"""A setting of the suite, declared once for the command line, pytest, and the manifest."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from .errors import UsageError


@dataclass(frozen=True)
class Option:
    """One setting: all that the command line, the pytest plugin and the manifest need to know.

    Attributes:
        help: What it says.
        name: Its name; with dashes, that of the flag.
        group: The title under which the command line's help has it.
        type: The type of its value.
        default: Its value where the user says nothing.
        otherwise: What counts then, in words, where the default does not show it.
        metavar: What stands for its value in a line of help.
        choices: The values that there are, if they can be listed.
        at_least: The least number that it may be.
        more_than: The number that it must exceed.
        under_pytest: Its name there, where other plugins have an option with its own.
        in_manifest: Makes the manifest's entry of that name; `None` where it has none.
        is_argument: Whether it is no flag on the command line.
        is_repeated: Whether the line that repeats a run says it.
    """

    help: str
    name: str = ""
    group: str = "Reporter"
    type: type = str
    default: Any = None
    otherwise: str = ""
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    at_least: int | None = None
    more_than: float | None = None
    under_pytest: str = ""
    in_manifest: Callable[[Any], Any] | None = None
    is_argument: bool = False
    is_repeated: bool = True

    @property
    def flag(self) -> str:
        """How the command line calls it."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def pytest_flag(self) -> str:
        """How the pytest plugin calls it."""
        return self.under_pytest or self.flag

    @property
    def description(self) -> str:
        """What it says, and what counts where the user says nothing."""
        shown = f"{self.default:g}" if isinstance(self.default, float) else self.default
        otherwise = self.otherwise or ("" if self.type is bool else shown)
        return f"{self.help}  [default: {otherwise}]" if otherwise else self.help

    def check(self, value: Any) -> None:
        """Make sure that a value is within the bounds.

        Raises:
            UsageError: It is not, or it is no number at all.
        """
        if isinstance(value, float) and not isfinite(value):
            raise UsageError(f"{self.flag} is {value:g}; expected a number of seconds")
        if self.at_least is not None and value < self.at_least:
            raise UsageError(f"{self.flag} is {value:g}; expected at least {self.at_least}")
        if self.more_than is not None and value <= self.more_than:
            raise UsageError(f"{self.flag} is {value:g}; expected more than {self.more_than:g}")
