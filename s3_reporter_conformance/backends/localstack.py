"""LocalStack: in a container that is started for the run, or one that runs already."""

import json
import logging
import os
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from ..errors import BackendError
from .aws import AwsBackend

IMAGE = "localstack/localstack:4.14.0"
"""The last image that needs no account."""

_PORT = 4566
_START_SECONDS = 180
_HEALTH = "/_localstack/health"
_INSTALL = "pip install 's3-reporter-conformance[localstack]'"
_BUILD = "docker/localstack/build.sh builds it where no registry can be reached"


class LocalStackBackend(AwsBackend):
    """The community edition, which has no IAM to enforce and delivers events a moment later."""

    _event_seconds = 5

    def __init__(self) -> None:
        """Find the one that runs, or start a container.

        Raises:
            BackendError: There is none, and none can be started: no Docker, no image, no answer.
        """
        self._stop: Callable[[], None] = _nothing
        if running := _running():
            address = running
        else:
            address, self._stop = _start()
        try:
            super().__init__(address, f"LocalStack {_version(address)}")
        except BaseException:
            self._stop()
            raise

    def clean(self) -> None:
        """Delete what was made, unless all of it ends with the container."""
        if self._stop is _nothing:
            super().clean()

    def close(self) -> None:
        """Stop the container if it was started here."""
        self._stop()


def _nothing() -> None:
    """What there is to stop of what was not started here."""


def _running() -> tuple[str, int] | None:
    """The LocalStack that LOCALSTACK_ENDPOINT or LOCALSTACK_HOST names."""
    endpoint = os.environ.get("LOCALSTACK_ENDPOINT")
    host = os.environ.get("LOCALSTACK_HOST")
    if not endpoint and not host:
        return None
    if not endpoint:
        try:
            from localstack_client.config import get_service_endpoint  # noqa: PLC0415 -- an extra
        except ImportError as error:
            raise BackendError(f"localstack-client is not installed: {_INSTALL}") from error
        endpoint = str(get_service_endpoint("s3", localstack_host=host))
    parts = urlsplit(endpoint)
    if parts.scheme != "http" or not parts.hostname:
        raise BackendError(f"{endpoint} is no endpoint of a LocalStack: expected http://host:port")
    return parts.hostname, parts.port or _PORT


def _start() -> tuple[tuple[str, int], Callable[[], None]]:
    try:
        from testcontainers.core.container import DockerContainer  # noqa: PLC0415 -- an extra
        from testcontainers.core.wait_strategies import HttpWaitStrategy  # noqa: PLC0415
    except ImportError as error:
        raise BackendError(f"testcontainers is not installed: {_INSTALL}") from error
    logging.getLogger("testcontainers").setLevel(logging.ERROR)
    image = os.environ.get("LOCALSTACK_IMAGE") or IMAGE
    container: Any = None
    try:
        container = DockerContainer(image).with_exposed_ports(_PORT)
        if token := os.environ.get("LOCALSTACK_AUTH_TOKEN"):
            container.with_env("LOCALSTACK_AUTH_TOKEN", token)
        ready = HttpWaitStrategy(_PORT, _HEALTH).with_startup_timeout(_START_SECONDS)
        container.waiting_for(ready)
        container.start()
        host = container.get_container_host_ip()
        port = int(container.get_exposed_port(_PORT))
    except BaseException as error:
        if container is not None:
            _stop_quietly(container)
        if not isinstance(error, Exception):
            raise
        raise BackendError(_advice(image, error)) from error
    return ("127.0.0.1" if host == "localhost" else host, port), lambda: _stop_quietly(container)


def _stop_quietly(container: Any) -> None:
    """Stop a container that may never have started, or be gone."""
    try:
        container.stop()
    except Exception as error:  # noqa: BLE001 -- a client that finds nothing to stop fails in many ways
        logging.getLogger(__name__).debug("nothing to stop: %s", error)


def _advice(image: str, error: Exception) -> str:
    """What happened, and what to do, out of what Docker's client says in many ways."""
    said = " ".join(str(error).split())[:300]
    lower = f"{type(error).__name__} {said}".lower()
    if "ryuk" in lower:
        advice = "set TESTCONTAINERS_RYUK_DISABLED=true; the suite cleans up by itself"
    elif "images/create" in lower or "notfound" in lower or "no such image" in lower:
        advice = f"the image {image} is not here and cannot be pulled: {_BUILD}"
    elif "server api version" in lower or "connection aborted" in lower or "refused" in lower:
        advice = "no Docker engine answers: start one, or name a LocalStack with LOCALSTACK_HOST"
    else:
        advice = f"look at the container's log, or name a LocalStack with LOCALSTACK_HOST; {_BUILD}"
    return f"LocalStack cannot be started: {advice} ({type(error).__name__}: {said})"


def _version(address: tuple[str, int]) -> str:
    connection = HTTPConnection(*address, timeout=30)
    try:
        connection.request("GET", _HEALTH)
        return str(json.loads(connection.getresponse().read())["version"])
    except (OSError, ValueError, KeyError) as error:
        where = f"http://{address[0]}:{address[1]}{_HEALTH}"
        raise BackendError(f"no LocalStack answers at {where}: {error}") from error
    finally:
        connection.close()
