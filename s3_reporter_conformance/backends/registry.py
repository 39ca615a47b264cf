"""Which backends there are, and how one is opened."""

from ..errors import UsageError
from .base import Backend

_NAMED = ("moto", "localstack")


def check_backend(name: str, profile: str | None = None, *, allow_remote: bool = False) -> None:
    """Make sure that there is such a backend.

    Raises:
        UsageError: There is none, or the settings do not fit it.
    """
    if _is_endpoint(name):
        # Made only to see whether it can be: nothing is asked of it yet.
        _open_endpoint(name, profile, allow_remote=allow_remote)
    elif name not in _NAMED:
        raise UsageError(
            f"unknown backend {name!r}: there is {', '.join(_NAMED)} and any http://host:port"
        )
    elif profile or allow_remote:
        raise UsageError(
            f"--backend-profile and --allow-remote are for an endpoint, not for {name}"
        )


def open_backend(name: str, profile: str | None = None, *, allow_remote: bool = False) -> Backend:
    """Start a backend.

    Args:
        name: `moto`, `localstack` or `http://host:port`.
        profile: The AWS profile with which the suite itself signs at an endpoint.
        allow_remote: Let the endpoint be another machine.

    Raises:
        UsageError: There is no such backend.
        BackendError: It does not start.
    """
    if _is_endpoint(name):
        return _open_endpoint(name, profile, allow_remote=allow_remote)
    check_backend(name, profile, allow_remote=allow_remote)
    # Late, since importing moto takes as long as a dozen requirements.
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
