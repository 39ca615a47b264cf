"""moto: simulates AWS in a process of its own, over HTTP on the loopback interface."""

import atexit
import json
import secrets
import subprocess
import sys
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from functools import cache, cached_property
from http import HTTPStatus
from importlib.metadata import version
from operator import attrgetter
from typing import Any

import msgspec

from ..s3.credentials import Credentials
from ..s3.endpoint import Address, Endpoint
from ..words.errors import BackendError
from .base import OWN_BUCKET, Backend, BucketEvent, StoredObject
from .sdk_environment import environment_of_moto

OBJECTS = "/s3-reporter-conformance/objects"
"""The path of the suite's own requests."""
RESET = "/moto-api/reset"
"""Moto's path for forgetting everything."""

_LOOPBACK = "127.0.0.1"
# How long moto may take to answer the suite itself, in seconds.
_SECONDS = 300
# Not `-m`, which would search the current folder for this suite first.  What is installed comes
# before the folders of the user's, in which a script may be called `moto.py`.
_SERVER = """
import sys
sys.path[:] = [*sys.path[1:], *sys.argv[1:]]
import gc
gc.set_threshold(100_000)
from s3_reporter_conformance.backends.moto_server import main
main()
"""


class _Moto(Backend):
    """A moto server, which makes the suite's buckets when they are first needed.

    It answers the suite from its memory, so that most runs take one request.
    """

    def objects(
        self,
        bucket: str,
        stored: AbstractSet[str] = frozenset(),  # noqa: ARG002 -- moto lists what it stored at once
    ) -> tuple[StoredObject, ...]:
        """Read the objects of a bucket; see `Backend.objects`."""
        answer = self._ask("GET", f"{OBJECTS}?bucket={bucket}")
        found = msgspec.json.decode(answer, type=list[StoredObject])
        return tuple(sorted(found, key=attrgetter("key")))

    def write(self, objects: Iterable[StoredObject]) -> None:
        """Store objects, as somebody else than the reporter does; see `Backend.write`."""
        self._ask("PUT", OBJECTS, msgspec.json.encode(list(objects)))

    def events(self, queue: str) -> tuple[BucketEvent, ...]:
        """Read a queue, without the Put that moto adds to an upload in parts."""
        found = super().events(queue)
        in_parts = {each.key for each in found if "Multipart" in each.name}
        return tuple(e for e in found if e.key not in in_parts or "Multipart" in e.name)

    def _create(self, name: str) -> None:
        if not OWN_BUCKET.fullmatch(name):
            super()._create(name)

    def _ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        with closing(self.endpoint.address.connect(_SECONDS)) as connection:
            connection.request(method, path, body)
            answer = connection.getresponse()
            content = answer.read()
        if answer.status != HTTPStatus.OK:
            raise BackendError(f"{self.name} answered {method} {path} with {answer.status}")
        return content


class MotoBackend(_Moto):
    """Two moto servers: one for most scenarios, and one that enforces IAM.

    Successive runs in one process share them.
    """

    def __init__(self) -> None:
        """Start the servers if they are not running, without waiting until they listen."""
        super().__init__(f"moto {version('moto')}")
        _process()

    @cached_property
    def endpoint(self) -> Endpoint:
        """The address at which it listens, once it does; see `Backend`."""
        return Endpoint(Address(_LOOPBACK, _ready()["port"]))

    def open(self) -> None:
        """Wait until it listens."""
        _ready()

    def restricted(self, actions: Sequence[str]) -> tuple[Backend, Credentials]:
        """Make a user of the server that enforces IAM; see `Backend.restricted`."""
        return self._guarded, self._guarded.create_user(actions)

    def clean(self) -> None:
        """Clean up the server that enforces IAM; `close` resets the other."""
        if "_guarded" in vars(self):
            self._guarded.clean()

    def close(self) -> None:
        """Reset the server; it stays for the next run, and ends with this process."""
        self._ask("POST", RESET)

    @cached_property
    def _guarded(self) -> "_GuardedMoto":
        return _GuardedMoto(self.name)


class _GuardedMoto(_Moto):
    """The server that enforces IAM, seen by its administrator."""

    def __init__(self, name: str) -> None:
        ready = _ready()
        super().__init__(name, Credentials(ready["access_key_id"], ready["secret_access_key"]))
        self.endpoint = Endpoint(Address(_LOOPBACK, ready["guarded_port"]))

    def clean(self) -> None:
        made = tuple(self._made)
        super().clean()
        for bucket in made:
            self._ask("DELETE", f"{OBJECTS}?bucket={bucket}")

    def create_user(self, actions: Sequence[str]) -> Credentials:
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


@cache
def _process() -> "subprocess.Popen[bytes]":
    """The process of the servers; see `moto_server`."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment_of_moto(),
        # An interrupt at the terminal must not end the server before the suite has cleaned up.
        start_new_session=True,
    )
    atexit.register(process.communicate)
    atexit.register(process.kill)
    return process


@cache
def _ready() -> dict[str, Any]:
    """The line that the process prints when it listens."""
    output = _process().stdout
    line = output.readline() if output else b""
    if not line.strip():
        raise BackendError("moto did not start; see what it printed above")
    said: dict[str, Any] = json.loads(line)
    return said
