"""moto: AWS simulated in a process of its own, reached over HTTP on the loopback interface."""

import atexit
import json
import secrets
import subprocess
import sys
from collections.abc import Sequence
from functools import cache, cached_property
from http.client import HTTPConnection
from importlib.metadata import version
from typing import Any

from ..credentials import Credentials
from ..errors import BackendError
from .aws import Address, AwsBackend
from .sdk_environment import environment_without_settings

_LOOPBACK = "127.0.0.1"
# Not `-m`, which would look for this suite in the current folder first.
_SERVER = """
import sys
sys.path[:] = sys.argv[1:]
from s3_reporter_conformance.backends.moto_server import main
main()
"""


class MotoBackend(AwsBackend):
    """A moto server for everything but IAM, and one that obeys IAM, for scenarios that need that.

    All runs in one process share them, one after the other.
    """

    def __init__(self) -> None:
        """Start the servers, unless they run; they take a moment, for which nobody waits yet."""
        self._process = _process()
        super().__init__(self._wait, f"moto {version('moto')}")

    def _wait(self) -> Address:
        return _LOOPBACK, self._process.ready["port"]

    @cached_property
    def _guarded(self) -> "_GuardedMoto":
        ready = self._process.ready
        administrator = Credentials(ready["access_key_id"], ready["secret_access_key"])
        return _GuardedMoto((_LOOPBACK, ready["guarded_port"]), self.name, administrator)

    def enforcing_iam(self) -> AwsBackend:
        """The server that obeys IAM; see `Backend.enforcing_iam`."""
        return self._guarded

    def clean(self) -> None:
        """Forget everything; see `Backend.clean`."""
        if "_guarded" in vars(self):
            self._guarded.clean()

    def close(self) -> None:
        """Forget everything: the servers stay for the next run, and end with this process."""
        connection = HTTPConnection(*self.address)
        connection.request("POST", "/moto-api/reset")
        connection.getresponse().read()
        connection.close()


class _GuardedMoto(AwsBackend):
    """The server that obeys IAM, as its administrator sees it."""

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


class _Process:
    """The process of the servers; see `moto_server`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVER, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment_without_settings(),
            # Whoever interrupts the suite at the terminal does not interrupt what it cleans up.
            start_new_session=True,
        )

    @cached_property
    def ready(self) -> dict[str, Any]:
        """What the process says when it listens."""
        line = self._process.stdout.readline() if self._process.stdout else b""
        if not line.strip():
            self.end()
            raise BackendError("moto did not start; see what it printed above")
        said: dict[str, Any] = json.loads(line)
        return said

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@cache
def _process() -> _Process:
    process = _Process()
    atexit.register(process.end)
    return process
