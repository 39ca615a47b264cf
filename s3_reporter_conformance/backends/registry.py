"""Finds and opens a backend by name."""

from ..errors import UsageError
from .base import Backend
from .options import EndpointOptions

_NAMED = ("moto", "localstack")


def check_backend(name: str, options: EndpointOptions = EndpointOptions()) -> None:  # noqa: B008 -- it is frozen
    """Check that a backend exists.

    Raises:
        UsageError: It does not exist, or the options do not apply to it.
    """
    if _is_endpoint(name):
        # Created only to validate the options; this sends no request.
        _open_endpoint(name, options)
    elif name not in _NAMED:
        raise UsageError(
            f"unknown backend {name!r}: expected {', '.join(_NAMED)}, http://host:port, or "
            "https://host:port"
        )
    elif options != EndpointOptions():
        raise UsageError(
            "--backend-name, --backend-profile, --backend-denied-profile, --backend-addressing, "
            f"--ca-bundle, and --allow-remote apply only to an endpoint, not to {name}"
        )


def open_backend(name: str, options: EndpointOptions = EndpointOptions()) -> Backend:  # noqa: B008 -- the same
    """Start a backend.

    Args:
        name: `moto`, `localstack`, `http://host:port`, or `https://host:port`.
        options: How to reach an endpoint.

    Raises:
        UsageError: The backend does not exist.
        BackendError: It does not start.
    """
    if _is_endpoint(name):
        return _open_endpoint(name, options)
    check_backend(name, options)
    # Late, because importing moto takes as long as a dozen requirements.
    if name == "localstack":
        from .localstack import LocalStackBackend

        return LocalStackBackend()
    from .moto import MotoBackend

    return MotoBackend()


def _is_endpoint(name: str) -> bool:
    return "://" in name


def _open_endpoint(url: str, options: EndpointOptions) -> Backend:
    from .endpoint import EndpointBackend

    return EndpointBackend(url, options)
