"""What a run is told of the reporter and of the backend, by whichever door it comes."""

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from ..adapters.base import DEFAULT_TIMEOUT
from ..adapters.manifest import Manifest, find_reporter
from ..backends.base import Backend
from ..backends.registry import check_backend, open_backend
from ..errors import UsageError

# Under pytest other plugins have options with these names.
_UNDER_PYTEST = {
    "features": "--reporter-features",
    "timeout": "--reporter-timeout",
    "seed": "--conformance-seed",
}


@dataclass(frozen=True)
class Settings:
    """What is told of a run, with the names of the command line's flags.

    Attributes:
        reporter: The reporter under test; see `find_reporter`.
        backend: Where the S3 API comes from.
        features: The extended features that the reporter declares, separated by commas.
        timeout: Seconds that a call of the reporter may take.
        max_retries: How often it retries where nothing is configured.
        jitter: How it spreads its waits.
        in_process: Whether to run it in this process.
        backend_profile: The AWS profile of the suite itself at an endpoint.
        allow_remote: Whether the endpoint may be another machine.
        seed: What names and access keys are made up from; `None` for chance.
    """

    reporter: str = "reference"
    backend: str = "moto"
    features: str | None = None
    timeout: float = DEFAULT_TIMEOUT
    max_retries: int | None = None
    jitter: str | None = None
    in_process: bool = False
    backend_profile: str | None = None
    allow_remote: bool = False
    seed: str | None = None

    @classmethod
    def of(cls, option: Callable[[str], Any]) -> "Settings":
        """Gather what pytest was told.

        Args:
            option: Gives an option's value by its name.
        """
        return cls(**{each.name: option(_under_pytest(each.name)) for each in fields(cls)})

    @property
    def manifest(self) -> Manifest:
        """The reporter; see `find_reporter`."""
        manifest = find_reporter(self.reporter, self.features, self.max_retries, self.jitter)
        if self.in_process and manifest.adapter.startswith("command:"):
            raise UsageError("--in-process is for python: and ash:, not for a command")
        return manifest

    @property
    def arguments(self) -> list[str]:
        """The options of the pytest plugin that say the same."""
        return [f"{_under_pytest(name)}{value}" for name, value in self._told()]

    def check_backend(self) -> None:
        """Make sure that there is such a backend; see `check_backend`."""
        check_backend(self.backend, self.backend_profile, allow_remote=self.allow_remote)

    def open_backend(self) -> Backend:
        """Start the backend; see `open_backend`."""
        return open_backend(self.backend, self.backend_profile, allow_remote=self.allow_remote)

    def line(self, *words: str) -> str:
        """A command line that runs a command on the same reporter in the same circumstances.

        Args:
            words: The command and its arguments; `REPORTER` stands for the reporter.
        """
        flags = [
            f"--{name.replace('_', '-')}{value}"
            for name, value in self._told()
            if name not in {"reporter", "seed"} and getattr(self, name) != getattr(Settings, name)
        ]
        command = [self.reporter if word == "REPORTER" else word for word in words]
        return shlex.join(["s3-reporter-conformance", *command, *flags])

    def _told(self) -> Iterator[tuple[str, str]]:
        """The names of what is told, each with what stands behind it on a command line."""
        for each in fields(self):
            match getattr(self, each.name):
                case None | False:
                    pass
                case True:
                    yield each.name, ""
                case float(value):
                    yield each.name, f"={value:g}"
                case value:
                    yield each.name, f"={value}"


def _under_pytest(name: str) -> str:
    return _UNDER_PYTEST.get(name, f"--{name.replace('_', '-')}")
