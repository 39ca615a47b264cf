"""LocalStack, in a container started for the run, or already running."""

import json
import logging
import os
from contextlib import ExitStack, closing, suppress
from typing import Any
from urllib.parse import urlsplit

from ..s3.endpoint import Address, Endpoint
from ..words.errors import BackendError
from .base import Backend

IMAGE = "localstack/localstack:4.14.0"
"""The last image that needs no account."""

_PORT = 4566
_START_SECONDS = 180
_HEALTH = "/_localstack/health"
_INSTALL = "pip install '.[localstack]' in a checkout of the suite"
_BUILD = "docker/localstack/build.sh builds it without a registry"


class LocalStackBackend(Backend):
    """The community edition, which delivers events with a delay."""

    _event_seconds = 5

    def __init__(self) -> None:
        """Connect to the running LocalStack, or start a container.

        Raises:
            BackendError: None is running, and none can be started.
        """
        with ExitStack() as started:
            running = _running()
            address = running or _start(started)
            super().__init__(f"LocalStack {_version(address)}")
            self.endpoint = Endpoint(address)
            self._has_container = running is None
            self._started = started.pop_all()

    def clean(self) -> None:
        """Delete what was made, unless all of it ends with the container."""
        if not self._has_container:
            super().clean()

    def close(self) -> None:
        """Remove the container if it was started here."""
        self._started.close()


def _running() -> Address | None:
    """The address in LOCALSTACK_ENDPOINT or LOCALSTACK_HOST."""
    host = os.environ.get("LOCALSTACK_HOST")
    endpoint = os.environ.get("LOCALSTACK_ENDPOINT")
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
        raise BackendError(f"{endpoint} is not a LocalStack endpoint: expected http://host:port")
    return Address(parts.hostname, parts.port or _PORT)


def _start(started: ExitStack) -> Address:
    """Start a container, which ends with the stack, and wait until LocalStack answers."""
    try:
        from testcontainers.core.container import DockerContainer  # noqa: PLC0415 -- an extra
        from testcontainers.core.wait_strategies import HttpWaitStrategy  # noqa: PLC0415
    except ImportError as error:
        raise BackendError(f"testcontainers is not installed: {_INSTALL}") from error
    logging.getLogger("testcontainers").setLevel(logging.ERROR)
    image = os.environ.get("LOCALSTACK_IMAGE") or IMAGE
    try:
        # A busy engine takes longer than the client's minute, and what it then starts would stay.
        patient = {"timeout": _START_SECONDS}
        container = DockerContainer(image, docker_client_kw=patient).with_exposed_ports(_PORT)
        started.callback(_stop, container)
        if token := os.environ.get("LOCALSTACK_AUTH_TOKEN"):
            container.with_env("LOCALSTACK_AUTH_TOKEN", token)
        ready = HttpWaitStrategy(_PORT, _HEALTH).with_startup_timeout(_START_SECONDS)
        container.waiting_for(ready)
        container.start()
        host = container.get_container_host_ip()
        port = int(container.get_exposed_port(_PORT))
    except Exception as error:
        said = " ".join(str(error).split())[:300]
        raise BackendError(
            f"LocalStack cannot be started ({type(error).__name__}: {said}): it needs a Docker "
            f"engine and the image {image}, and {_BUILD}; or set LOCALSTACK_HOST to a running one"
        ) from error
    return Address("127.0.0.1" if host == "localhost" else host, port)


def _stop(container: Any) -> None:
    # It may be gone, as Docker itself may be.
    with suppress(Exception):
        container.stop()


def _version(address: Address) -> str:
    with closing(address.connect(30)) as connection:
        try:
            connection.request("GET", _HEALTH)
            return str(json.loads(connection.getresponse().read())["version"])
        except (OSError, ValueError, KeyError) as error:
            where = f"{address.url}{_HEALTH}"
            raise BackendError(f"LocalStack does not respond at {where}: {error}") from error
