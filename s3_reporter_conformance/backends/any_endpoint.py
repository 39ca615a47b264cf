"""Any running S3 API: MinIO, Ceph, AWS, or somebody's moto or LocalStack."""

import re
import ssl
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from random import SystemRandom
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

from ..endpoint import PORTS, Address, Endpoint, tls_context
from ..s3.credentials import REGION, Credentials
from ..words.errors import BackendError, UnsupportedError, UsageError
from .base import INSPECTOR, Backend, code_of, in_words
from .buckets import (
    PREFIX,
    Leftover,
    buckets_left,
    delete_with_contents,
    new_name,
    settling,
    tag,
)
from .options import BackendOptions
from .owners import new_owner, was_killed

_EXPECTED = "expected http://host:port or https://host:port"
_OF_AWS = re.compile(r"s3(?:[.-](?:dualstack\.)?([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?")
# How long each step of the first request may take, in seconds.
_SECONDS = 30
# What S3 answers to a signature that it does not take, and what is then wrong with the profile.
_NOT_TAKEN = {
    "AuthorizationHeaderMalformed": "see its region",
    "ExpiredToken": "its session has expired",
    "InvalidAccessKeyId": "its access key is not known there",
    "InvalidToken": "see its session token",
    "RequestTimeTooSkewed": "the clock of this machine is wrong",
    "SignatureDoesNotMatch": "its secret access key is wrong",
}
_DENIED = frozenset({"AccessDenied", "403"})
_NO_BUCKET = frozenset({"NoSuchBucket", "404"})


@dataclass(frozen=True)
class Profile:
    """An AWS profile of the user's, with credentials.

    Attributes:
        name: Its name.
        credentials: Its credentials.
        region: Its region; empty if it sets none.
    """

    name: str
    credentials: Credentials
    region: str


class EndpointBackend(Backend):
    """An S3 API of which only the address is known; what else it can do is tried."""

    bucket_prefix = PREFIX

    def __init__(
        self, endpoint: Endpoint, name: str, profile: Profile | None, denied: Profile | None
    ) -> None:
        """Store the endpoint and the profiles.

        Args:
            endpoint: How to reach it.
            name: What it is called.
            profile: The profile of the suite itself, if any.
            denied: A profile that must not upload, if any.
        """
        super().__init__(name, endpoint.signer or INSPECTOR)
        self.endpoint = endpoint
        self._profile = profile
        self._denied = denied
        self._owner = new_owner()

    def open(self) -> None:
        """Check that it answers, and takes the signatures; see `Backend.open`.

        Buckets that killed runs of this machine left are removed.
        """
        check_reachable(self.endpoint.address)
        # Not the client of the run: processes that are forked would share its connection.
        with self._failing_as("answer a request"), closing(self._client("s3")) as client:
            try:
                client.list_objects_v2(Bucket=new_name(), MaxKeys=1)
            except ClientError as error:
                code = code_of(error)
                if code in _NOT_TAKEN or (code in _DENIED and self._profile is None):
                    raise BackendError(self._not_taken(error)) from error
                if code not in _DENIED | _NO_BUCKET:
                    raise
            # Others may be removing them, too; and `clean` tells why they cannot be listed.
            with suppress(ClientError):
                for each in buckets_left(client):
                    if was_killed(each.owner):
                        delete_with_contents(client, each.name)

    def create_bucket(self, name: str) -> None:
        """Create a bucket, and wait until it can be seen; see `Backend.create_bucket`."""
        super().create_bucket(name)
        tag(self._s3, name, self._owner)
        self._wait_until(name, exists=True)

    def delete_bucket(self, name: str) -> None:
        """Delete a bucket, and wait until it cannot be seen; see `Backend.delete_bucket`."""
        super().delete_bucket(name)
        self._wait_until(name, exists=False)

    def check_deletion(self) -> None:
        """Try it with a bucket of its own; see `Backend.check_deletion`."""
        if not self._refuses_deleted:
            raise UnsupportedError(
                f"{self.name} takes an upload to a bucket that was deleted, and makes the bucket "
                "anew: S3 answers NoSuchBucket"
            )

    def check_key(self, key: str) -> None:
        """Try it in a bucket of its own; see `Backend.check_key`."""
        bucket = new_name()
        self.create_bucket(bucket)
        with self._failing_as(f"answer an upload of {key}"):
            if refusal := _refusal(self._s3, bucket, key):
                raise UnsupportedError(
                    f"{self.name} refuses the key {key}: {in_words(refusal)}"
                ) from refusal

    def enforcing_iam(self) -> Backend:
        """This one, if there is a profile that must not upload; see `Backend.enforcing_iam`."""
        if self._denied is None:
            raise UnsupportedError(
                f"{self.name} needs a second AWS profile, one that must not upload: name it with "
                "--backend-denied-profile"
            )
        return self

    def create_user(self, actions: Sequence[str]) -> Credentials:  # noqa: ARG002 -- as in the base
        """Let the wire sign with the profile that must not upload; see `Backend.create_user`."""
        assert self._denied is not None  # noqa: S101 -- `enforcing_iam` was called before
        if not self._denies:
            raise UnsupportedError(
                f"{self.name} lets the AWS profile {self._denied.name} upload: "
                "--backend-denied-profile needs one that must not, and a server that enforces that"
            )
        return replace(Credentials.random(SystemRandom()), signer=self._denied.credentials)

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:  # noqa: ARG002 -- as in the base
        """Raise: these APIs differ in how they deliver events."""
        raise UnsupportedError(f"{self.name} is not known to deliver events")

    def leftovers(self) -> tuple[Leftover, ...]:
        """Buckets of runs that were killed, or that go on.

        Raises:
            BackendError: They cannot be listed.
        """
        with self._failing_as("list what is left"):
            return tuple(buckets_left(self._s3))

    def delete_leftover(self, leftover: Leftover) -> None:
        """Delete a bucket with its contents.

        Raises:
            BackendError: It cannot be deleted.
        """
        with self._failing_as(f"delete the bucket {leftover.name}"):
            delete_with_contents(self._s3, leftover.name)

    @cached_property
    def _refuses_deleted(self) -> bool:
        bucket = new_name()
        self.create_bucket(bucket)
        self.delete_bucket(bucket)
        with self._failing_as(f"answer an upload to the deleted bucket {bucket}"):
            return _is_refused(self._s3, bucket, _NO_BUCKET)

    @cached_property
    def _denies(self) -> bool:
        assert self._denied is not None  # noqa: S101 -- asked only then
        bucket = new_name()
        self.create_bucket(bucket)
        denied = self._client("s3", self._denied.credentials)
        with self._failing_as(f"answer an upload of the AWS profile {self._denied.name}"):
            return _is_refused(denied, bucket, _DENIED)

    def _wait_until(self, bucket: str, *, exists: bool) -> None:
        with self._failing_as(f"show the bucket {bucket}"):
            for _ in settling():
                if self._exists(bucket) is exists:
                    return
        what = "created" if exists else "deleted"
        raise BackendError(f"{self.name} does not show that the bucket {bucket} was {what}")

    def _exists(self, bucket: str) -> bool:
        try:
            self._s3.head_bucket(Bucket=bucket)
        except ClientError as error:
            if code_of(error) in _NO_BUCKET:
                return False
            # Who may not look into a bucket is told that it is there.
            if code_of(error) not in _DENIED:
                raise
        return True

    def _not_taken(self, error: ClientError) -> str:
        """Say why the suite's own credentials are not taken, and what to do."""
        if self._profile is None:
            return (
                f"{self.name} takes only requests of users that it knows ({in_words(error)}): name "
                "an AWS profile for it with --backend-profile"
            )
        wrong = _NOT_TAKEN[code_of(error)]
        return (
            f"{self.name} refuses the AWS profile {self._profile.name}: {wrong} ({in_words(error)})"
        )


def open_endpoint(options: BackendOptions) -> EndpointBackend:
    """Find an endpoint; this sends no request.

    Raises:
        UsageError: The address, a profile, or the file of certificates is invalid.
    """
    address = _parse(options)
    if options.backend_denied_profile and not options.backend_profile:
        raise UsageError(
            "--backend-denied-profile needs --backend-profile, for the suite's own requests"
        )
    profile = _read_profile(options.backend_profile, "--backend-profile")
    denied = _read_profile(options.backend_denied_profile, "--backend-denied-profile")
    at_aws = _OF_AWS.fullmatch(address.host)
    region = (
        options.backend_region or (at_aws and at_aws[1]) or (profile and profile.region) or REGION
    )
    style = options.backend_addressing
    is_virtual = style == "virtual" or (style == "auto" and at_aws is not None)
    signer = profile.credentials if profile else None
    name = options.backend_name or f"{options.backend}{', virtual-hosted' if is_virtual else ''}"
    return EndpointBackend(
        Endpoint(address, signer, region, is_virtual, PREFIX), name, profile, denied
    )


def check_reachable(address: Address) -> None:
    """Send one request without a signature, to which any answer will do.

    Raises:
        BackendError: There is no answer; the message says what to do.
    """
    is_refused = False
    try:
        # Some servers answer in plain HTTP that they expect TLS, with 400.
        is_refused = _status(address) == 400  # noqa: PLR2004 -- Bad Request
    except ssl.SSLCertVerificationError as error:
        raise BackendError(
            f"the certificate of {address.url} cannot be verified: {error.verify_message}; if the "
            "endpoint is the right one, name the file of its certificate authority with --ca-bundle"
        ) from error
    except ssl.SSLError as error:
        plain = f"http{address.url.removeprefix('https')}"
        raise BackendError(
            f"{address.url} does not speak TLS ({error}): use {plain} if it speaks plain HTTP"
        ) from error
    except (OSError, HTTPException) as error:
        if not _speaks_tls(address):
            raise BackendError(
                f"nothing answers at {address.url}: {error}; start the server, or correct --backend"
            ) from error
        is_refused = True
    if is_refused and _speaks_tls(address):
        secure = f"https{address.url.removeprefix('http')}"
        raise BackendError(f"{address.url} speaks TLS: use {secure}")


def _status(address: Address) -> int:
    with closing(address.connect(_SECONDS)) as connection:
        connection.request("GET", "/")
        return connection.getresponse().status


def _speaks_tls(address: Address) -> bool:
    """Whether TLS at a plain address gets as far as the certificate; nothing else is sent."""
    if address.scheme == "https":
        return False
    with closing(replace(address, scheme="https").connect(_SECONDS)) as connection:
        try:
            connection.connect()
        except OSError as error:
            return isinstance(error, ssl.SSLCertVerificationError)
        return True


def _refusal(s3: Any, bucket: str, key: str) -> ClientError | None:
    """Upload an empty object, and return the refusal, if any."""
    try:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    except ClientError as error:
        return error
    return None


def _is_refused(s3: Any, bucket: str, codes: frozenset[str]) -> bool:
    """Whether an upload is refused for an expected reason; any other is raised."""
    refusal = _refusal(s3, bucket, "probe")
    if refusal and code_of(refusal) not in codes:
        raise refusal
    return refusal is not None


def _parse(options: BackendOptions) -> Address:
    url = options.backend
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{url} is not a valid endpoint: {error}; {_EXPECTED}") from error
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.query:
        raise UsageError(f"{url} is not a valid endpoint: {_EXPECTED}")
    bundle = _read_bundle(options.ca_bundle, parts.scheme) if options.ca_bundle else None
    address = Address(host, port or PORTS[parts.scheme], parts.scheme, bundle)
    if not (address.is_loopback or options.allow_remote or options.yes):
        raise UsageError(
            f"{host} is another machine, on which the suite would create and delete buckets: "
            "add --allow-remote to allow that"
        )
    return address


def _read_bundle(path: str, scheme: str) -> Path:
    if scheme != "https":
        raise UsageError("--ca-bundle applies only to an endpoint with https://")
    # The run may change the current folder.
    bundle = Path(path).absolute()
    try:
        tls_context(bundle)
    except OSError as error:
        raise UsageError(
            f"--ca-bundle {path}: {error}; expected a file with certificates in PEM"
        ) from error
    return bundle


def _read_profile(name: str | None, flag: str) -> Profile | None:
    if not name:
        return None
    try:
        session = botocore.session.Session(profile=name)
        found = session.get_credentials()
        region = session.get_scoped_config().get("region") or ""
    except BotoCoreError as error:
        raise UsageError(f"{flag} {name}: {error}") from error
    frozen = found.get_frozen_credentials() if found else None
    if frozen is None or not frozen.access_key or not frozen.secret_key:
        raise UsageError(f"{flag} {name}: the profile has no credentials")
    credentials = Credentials(frozen.access_key, frozen.secret_key, frozen.token or "")
    return Profile(name, credentials, region)
