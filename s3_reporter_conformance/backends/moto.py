"""moto: simulates AWS in this process, over HTTP on the loopback interface."""

import json
import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http.client import HTTPConnection
from importlib.metadata import version

from moto.server import ThreadedMotoServer

from ..credentials import Credentials
from .aws import AwsBackend

_LOOPBACK = "127.0.0.1"


class MotoBackend(AwsBackend):
    """One moto server, which also enforces IAM."""

    def __init__(self) -> None:
        """Start the server if it is not running."""
        super().__init__(_server(), f"moto {version('moto')}")

    def create_user(self, actions: Sequence[str]) -> Credentials:
        """Create an IAM user; see `Backend.create_user`."""
        name = f"reporter-{secrets.token_hex(6)}"
        # A policy cannot allow nothing, so it allows something harmless.
        allowed = [*actions, "sts:GetCallerIdentity"]
        if "s3:ListBucket" in actions:
            # IAM has no such action; HeadBucket needs s3:ListBucket, but moto checks this one.
            allowed.append("s3:HeadBucket")
        statement = {"Effect": "Allow", "Action": allowed, "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        iam = self._client("iam")
        with self._failing_as("create an IAM user"):
            iam.create_user(UserName=name)
            iam.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=json.dumps(policy))
            key = iam.create_access_key(UserName=name)["AccessKey"]
        return Credentials(key["AccessKeyId"], key["SecretAccessKey"])

    @contextmanager
    def enforcing_iam(self) -> Iterator[None]:
        """Enforce IAM in the whole process; see `Backend.enforcing_iam`."""
        self._reset_auth("0")
        try:
            yield
        finally:
            self._reset_auth("inf")

    def close(self) -> None:
        """Do nothing: the server and its state end with this process."""

    def _reset_auth(self, actions_without_authorization: str) -> None:
        connection = HTTPConnection(*self.address)
        try:
            connection.request("POST", "/moto-api/reset-auth", actions_without_authorization)
            connection.getresponse().read()
        finally:
            connection.close()


@cache
def _server() -> tuple[str, int]:
    """The server of this process: stopping one takes half a second, and two share their state."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(_LOOPBACK, 0, verbose=False)
    server.start()
    return server.get_host_and_port()
