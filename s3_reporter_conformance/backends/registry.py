"""The backend that a user chooses, and how to reach it."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ..words.errors import UsageError
from ..words.option import option

if TYPE_CHECKING:
    from .any_endpoint import EndpointBackend
    from .base import Backend

_GROUP = "Backend"
_NAMED = ("moto", "localstack")


@dataclass(frozen=True, kw_only=True)
class BackendOptions:
    """The settings of a backend; all but the first apply only to an endpoint."""

    backend: str = option(
        "moto",
        "The S3 API to use: moto, localstack, http://host:port, or https://host:port.",
        group=_GROUP,
    )
    backend_name: str | None = option(
        None,
        "What the report calls the endpoint: its name and version.",
        group=_GROUP,
        otherwise="its address",
        metavar="NAME",
    )
    backend_profile: str | None = option(
        None,
        "The suite's own AWS profile, for an endpoint that checks signatures.",
        group=_GROUP,
        metavar="PROFILE",
    )
    backend_region: str | None = option(
        None,
        "The region in which to make buckets at the endpoint.",
        group=_GROUP,
        otherwise="as the address at AWS or the profile says, else us-east-1",
        metavar="REGION",
    )
    ca_bundle: str | None = option(
        None,
        "The certificate authorities to trust at an endpoint with https://, in PEM.",
        group=_GROUP,
        otherwise="those of the system",
        metavar="FILE",
    )
    allow_remote: bool = option(False, "Allow an endpoint on another machine.", group=_GROUP)
    yes: bool = option(
        False,
        "Agree to what is made on another machine, or deleted, without a question.",
        group=_GROUP,
    )

    @property
    def is_endpoint(self) -> bool:
        """Whether the backend is an S3 API that runs already."""
        return "://" in self.backend

    def check_backend(self) -> None:
        """Check that the backend exists.

        Raises:
            UsageError: It does not exist, or an option does not apply to it.
        """
        if self.is_endpoint:
            # Created only to check the options; this sends no request.
            self.open_endpoint()
            return
        if self.backend not in _NAMED:
            raise UsageError(
                f"unknown backend {self.backend!r}: expected {', '.join(_NAMED)}, "
                "http://host:port, or https://host:port"
            )
        for each in fields(BackendOptions):
            if each.name not in {"backend", "yes"} and getattr(self, each.name) != each.default:
                flag = each.name.replace("_", "-")
                raise UsageError(f"--{flag} applies only to an endpoint, not to {self.backend}")

    def open_backend(self) -> "Backend":
        """Start the backend.

        Raises:
            UsageError: It does not exist.
            BackendError: It does not start.
        """
        if self.is_endpoint:
            return self.open_endpoint()
        self.check_backend()
        # Late, because importing moto takes as long as a dozen runs.
        if self.backend == "localstack":
            from .localstack import LocalStackBackend

            return LocalStackBackend()
        from .moto import MotoBackend

        return MotoBackend()

    def open_endpoint(self) -> "EndpointBackend":
        """Find a running S3 API, in which others may have buckets, too; this sends no request.

        Raises:
            UsageError: An option is wrong.
        """
        from .any_endpoint import EndpointBackend

        return EndpointBackend(self)
