"""Finds and opens a backend by name."""

from ..errors import UsageError
from .base import Backend

_NAMED = ("moto", "localstack")


def check_backend(name: str, profile: str | None = None, *, allow_remote: bool = False) -> None:
    """Check that a backend exists.

    Raises:
        UsageError: It does not exist, or the settings do not apply to it.
    """
    if _is_endpoint(name):
        # Created only to validate the settings; this sends no request.
        _open_endpoint(name, profile, allow_remote=allow_remote)
    elif name not in _NAMED:
        raise UsageError(
            f"unknown backend {name!r}: expected {', '.join(_NAMED)}, or http://host:port"
        )
    elif profile or allow_remote:
        raise UsageError(
            f"--backend-profile and --allow-remote apply only to an endpoint, not to {name}"
        )


def open_backend(name: str, profile: str | None = None, *, allow_remote: bool = False) -> Backend:
    """Start a backend.

    Args:
        name: `moto`, `localstack`, or `http://host:port`.
        profile: The AWS profile that the suite signs with at an endpoint.
        allow_remote: Allow an endpoint on another machine.

    Raises:
        UsageError: The backend does not exist.
        BackendError: It does not start.
    """
    if _is_endpoint(name):
        return _open_endpoint(name, profile, allow_remote=allow_remote)
    check_backend(name, profile, allow_remote=allow_remote)
    # Late, because importing moto takes as long as a dozen requirements.
    if name == "localstack":
        from .localstack import LocalStackBackend

        return LocalStackBackend()
    from .moto import MotoBackend

    return MotoBackend()


def _is_endpoint(name: str) -> bool:
    return "://" in name


def _open_endpoint(url: str, profile: str | None, *, allow_remote: bool) -> Backend:
    from .endpoint import EndpointBackend

    return EndpointBackend(url, profile, allow_remote=allow_remote)
