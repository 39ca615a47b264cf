"""The settings of a run, shared by the command line and the pytest plugin."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from ..adapters.retries import MAX_RETRIES, MOST_RETRIES, Jitter
from ..adapters.time_limit import DEFAULT_TIMEOUT
from ..backends.registry import BackendOptions
from ..disk.files import expect_temporary_folder
from ..words.errors import UsageError
from ..words.option import option, options_of

if TYPE_CHECKING:
    from ..adapters.manifest import Manifest

_GATES = "Known deviations and baseline"
_NOT_REPEATED = {"reporter", "seed", "yes"}


@dataclass(frozen=True)
class Settings(BackendOptions):
    """The settings of a run; those of the backend are declared by its room."""

    reporter: str = option("reference", "The reporter under test.")
    features: str | None = option(
        None,
        "The extended features that the reporter declares.",
        otherwise="as in the manifest, or none",
        metavar="A,B",
    )
    timeout: float = option(
        DEFAULT_TIMEOUT,
        "The time limit for one call of the reporter.",
        otherwise=f"{DEFAULT_TIMEOUT:g}",
        metavar="SECONDS",
    )
    max_retries: int | None = option(
        None,
        "The reporter's default number of retries.",
        otherwise=f"as in the manifest, or {MAX_RETRIES}",
    )
    jitter: str | None = option(
        None,
        "The jitter of the reporter's waits between retries.",
        otherwise=f"as in the manifest, or {Jitter.NONE.value}",
        choices=tuple(each.value for each in Jitter),
    )
    strict: bool = option(False, "Let recommendations decide, too.")
    in_process: bool = option(
        False, "Run a Python reporter in the suite's own process, for a debugger."
    )
    seed: str | None = option(
        None,
        "Use the bucket names and access keys of an earlier run.",
        otherwise="random",
        metavar="TEXT",
    )

    @cached_property
    def manifest(self) -> "Manifest":
        """The reporter, with what the settings say otherwise; a file is read once.

        Raises:
            UsageError: They name no reporter, or its manifest is wrong.
        """
        # Late, since adapters take longer to import than `--help` to print.
        from msgspec import structs

        from ..adapters.registry import features_of, find_reporter

        changes = {
            "features": None if self.features is None else features_of(self.features),
            "max_retries": self.max_retries,
            "jitter": None if self.jitter is None else Jitter(self.jitter),
        }
        given = {name: value for name, value in changes.items() if value is not None}
        return structs.replace(find_reporter(self.reporter), **given)

    def check(self) -> None:
        """Make sure that a run can be made of this.

        Raises:
            UsageError: A number is out of bounds, there is no such backend or reporter, or no
                space for temporary files.
        """
        if not 0 < self.timeout < inf:
            raise UsageError(f"--timeout is {self.timeout:g}; expected seconds, more than 0")
        if self.max_retries is not None and not 1 <= self.max_retries <= MOST_RETRIES:
            raise UsageError(f"--max-retries is {self.max_retries}; expected 1 to {MOST_RETRIES}")
        self.check_backend()
        scheme = self.manifest.adapter.partition(":")[0]
        if self.in_process and scheme != "python":
            raise UsageError(f"--in-process is for python:, not for {scheme}:")
        expect_temporary_folder()

    def line(self, *words: str) -> str:
        """A command line; `REPORTER` among the words stands for the reporter, as it is set here."""
        command = [self.reporter if word == "REPORTER" else word for word in words]
        for each in options_of(Settings):
            value = getattr(self, each.name)
            is_needed = "REPORTER" in words and each.name not in _NOT_REPEATED
            if is_needed and value != each.default:
                shown = f"{value:g}" if isinstance(value, float) else value
                command.append(each.flag if value is True else f"{each.flag}={shown}")
        return shlex.join(["s3-reporter-conformance", *command])


@dataclass(frozen=True)
class Gates:
    """Files that a run is compared with."""

    known_deviations: Path | None = option(
        None, "The rules that are known to be broken, TOML.", group=_GATES
    )
    update_known_deviations: bool = option(
        False, "Add what failed to that file, and remove what passed.", group=_GATES
    )
    baseline: Path | None = option(
        None, "Compare with an earlier report; fail only if something is worse.", group=_GATES
    )

    def words(self) -> Sequence[str]:
        """The files as options."""
        files = {"known-deviations": self.known_deviations, "baseline": self.baseline}
        return [f"--{name}={path}" for name, path in files.items() if path]
