"""moto: AWS simulated in this process, reached over HTTP on the loopback interface."""

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
        """Start the server unless it runs."""
        super().__init__(_server(), f"moto {version('moto')}")

    def create_user(self, actions: Sequence[str]) -> Credentials:
        """Make an IAM user; see `Backend.create_user`."""
        name = f"reporter-{secrets.token_hex(6)}"
        # An allowance of nothing cannot be written down, so something harmless is allowed.
        allowed = [*actions, "sts:GetCallerIdentity"]
        if "s3:ListBucket" in actions:
            # IAM knows no such action: HeadBucket needs s3:ListBucket, but moto asks for this one.
            allowed.append("s3:HeadBucket")
        statement = {"Effect": "Allow", "Action": allowed, "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        iam = self._client("iam")
        with self._failing_as("make an IAM user"):
            iam.create_user(UserName=name)
            iam.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=json.dumps(policy))
            key = iam.create_access_key(UserName=name)["AccessKey"]
        return Credentials(key["AccessKeyId"], key["SecretAccessKey"])

    @contextmanager
    def enforcing_iam(self) -> Iterator[None]:
        """Let S3 obey IAM; see `Backend.enforcing_iam`.  It is a switch of the whole process."""
        self._reset_auth("0")
        try:
            yield
        finally:
            self._reset_auth("inf")

    def close(self) -> None:
        """Nothing: the server ends with this process, and its state with it."""

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
