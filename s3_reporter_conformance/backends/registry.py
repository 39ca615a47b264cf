"""Finds and opens a backend by name."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ..words.errors import UsageError
from .base import Backend
from .options import EndpointOptions

if TYPE_CHECKING:
    from .endpoint import EndpointBackend

_NAMED = ("moto", "localstack", "aws")


def check_backend(name: str, options: EndpointOptions = EndpointOptions()) -> None:  # noqa: B008 -- it is frozen
    """Check that a backend exists.

    Raises:
        UsageError: It does not exist, or the options do not apply to it.
    """
    if _is_endpoint(name):
        # Created only to validate the options; this sends no request.
        open_endpoint(name, options)
    elif name == "aws":
        from .amazon import check_amazon

        check_amazon(options)
    elif name not in _NAMED:
        raise UsageError(
            f"unknown backend {name!r}: expected {', '.join(_NAMED)}, http://host:port, or "
            "https://host:port"
        )
    elif replace(options, agreed=False) != EndpointOptions():
        raise UsageError(
            "--backend-name, --backend-profile, --backend-region, --backend-role, "
            "--backend-denied-profile, --backend-addressing, --ca-bundle, and --allow-remote apply "
            f"only to aws and to an endpoint, not to {name}"
        )


def open_backend(name: str, options: EndpointOptions = EndpointOptions()) -> Backend:  # noqa: B008 -- the same
    """Start a backend.

    Args:
        name: `moto`, `localstack`, `aws`, `http://host:port`, or `https://host:port`.
        options: How to reach an endpoint.

    Raises:
        UsageError: The backend does not exist.
        BackendError: It does not start.
    """
    if _is_endpoint(name) or name == "aws":
        return open_endpoint(name, options)
    check_backend(name, options)
    # Late, because importing moto takes as long as a dozen runs.
    if name == "localstack":
        from .localstack import LocalStackBackend

        return LocalStackBackend()
    from .moto import MotoBackend

    return MotoBackend()


def open_endpoint(name: str, options: EndpointOptions) -> "EndpointBackend":
    """Find an S3 API in which others may have buckets, too; this sends no request.

    Args:
        name: `aws`, `http://host:port`, or `https://host:port`.
        options: How to reach it.

    Raises:
        UsageError: It is none of these, or the options are wrong.
    """
    if name == "aws":
        from .amazon import open_amazon

        return open_amazon(options)
    from . import endpoint

    return endpoint.open_endpoint(name, options)


def _is_endpoint(name: str) -> bool:
    return "://" in name
