"""The settings of a run, shared by the command line and the pytest plugin."""

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import isfinite
from types import NoneType
from typing import Annotated, Any, get_args, get_type_hints

from msgspec import structs

from ..adapters.base import DEFAULT_TIMEOUT
from ..adapters.manifest import MAX_RETRIES, Jitter, Manifest
from ..adapters.registry import connector
from ..adapters.reporters import features_of, find_reporter
from ..backends.base import Backend
from ..backends.options import Addressing, EndpointOptions
from ..backends.registry import check_backend, open_backend
from ..disk.files import expect_temporary_folder
from ..words.errors import UsageError

_BACKEND = "Backend"


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


@dataclass(frozen=True)
class Settings:
    """What is told of a run; each setting is declared here and nowhere else."""

    reporter: Annotated[str, Option("The reporter under test.", is_argument=True)] = "reference"
    backend: Annotated[
        str,
        Option(
            "The S3 API to use: moto, localstack, aws, http://host:port, or https://host:port.",
            group=_BACKEND,
        ),
    ] = "moto"
    backend_name: Annotated[
        str | None,
        Option(
            "What the report calls the endpoint: its name and version.",
            group=_BACKEND,
            otherwise="its address",
            metavar="NAME",
        ),
    ] = None
    backend_profile: Annotated[
        str | None,
        Option(
            "The suite's own AWS profile, for AWS or for an endpoint that checks signatures.",
            group=_BACKEND,
            metavar="PROFILE",
        ),
    ] = None
    backend_region: Annotated[
        str | None,
        Option(
            "The region in which to make buckets at AWS or at an endpoint.",
            group=_BACKEND,
            otherwise="what the profile says, else us-east-1",
            metavar="REGION",
        ),
    ] = None
    backend_role: Annotated[
        str | None,
        Option(
            "A role to assume at AWS for credentials that may do less, if the profile is not that "
            "of an IAM user.",
            group=_BACKEND,
            metavar="ARN",
        ),
    ] = None
    backend_denied_profile: Annotated[
        str | None,
        Option(
            "An AWS profile that must not upload at the endpoint.",
            group=_BACKEND,
            metavar="PROFILE",
        ),
    ] = None
    backend_addressing: Annotated[
        str,
        Option(
            "Whether requests name the bucket in the path or, virtual-hosted, in the host; with "
            "auto, in the host at AWS alone.",
            group=_BACKEND,
            choices=tuple(each.value for each in Addressing),
        ),
    ] = Addressing.AUTO.value
    ca_bundle: Annotated[
        str | None,
        Option(
            "The certificate authorities to trust at an endpoint with https://, in PEM.",
            group=_BACKEND,
            otherwise="those of the system",
            metavar="FILE",
        ),
    ] = None
    allow_remote: Annotated[
        bool, Option("Allow an endpoint on another machine.", group=_BACKEND)
    ] = False
    yes: Annotated[
        bool,
        Option(
            "Agree to what is made or deleted, without a question.",
            group=_BACKEND,
            under_pytest="--backend-yes",
            is_repeated=False,
        ),
    ] = False
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
        check_backend(self.backend, self.endpoint_options)
        connector(self.manifest, in_process=self.in_process)
        expect_temporary_folder()

    def open_backend(self) -> Backend:
        """Start the backend; see `open_backend`."""
        return open_backend(self.backend, self.endpoint_options)

    @property
    def endpoint_options(self) -> EndpointOptions:
        """How to reach an endpoint, or AWS."""
        return EndpointOptions(
            name=self.backend_name,
            profile=self.backend_profile,
            region=self.backend_region,
            role=self.backend_role,
            denied_profile=self.backend_denied_profile,
            addressing=Addressing(self.backend_addressing),
            ca_bundle=self.ca_bundle,
            allow_remote=self.allow_remote,
            agreed=self.yes,
        )

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
