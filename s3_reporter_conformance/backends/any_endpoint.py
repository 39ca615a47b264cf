"""Any running S3 API: MinIO, Ceph, AWS, or somebody's moto or LocalStack."""

import re
import ssl
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
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
from .base import INSPECTOR, Backend, code_and_message, code_of
from .buckets import PREFIX, Leftover, buckets_left, delete_with_contents, new_name, tag
from .options import BackendOptions
from .owners import new_owner, was_killed

_EXPECTED = "expected http://host:port or https://host:port"
_AT_AWS = re.compile(r"s3[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?")
# How long each step of the first request may take, in seconds.
_SECONDS = 30
# For how long to wait until a bucket can be seen, or cannot: looks, and seconds between two.
_PATIENCE = {"Delay": 0.2, "MaxAttempts": 50}
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


class EndpointBackend(Backend):
    """An S3 API of which only the address is known; what else it can do is tried."""

    bucket_prefix = PREFIX

    def __init__(
        self, endpoint: Endpoint, options: BackendOptions, denied: Credentials | None
    ) -> None:
        """Store how to reach it, and the credentials of a user who must not upload, if any."""
        super().__init__(options.backend_name or options.backend, endpoint.signer or INSPECTOR)
        self.endpoint = endpoint
        self._options = options
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
                if code in _NOT_TAKEN or (code in _DENIED and not self.endpoint.signer):
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
        with self._failing_as(f"show that the bucket {name} was created"):
            self._s3.get_waiter("bucket_exists").wait(Bucket=name, WaiterConfig=_PATIENCE)

    def delete_bucket(self, name: str) -> None:
        """Delete a bucket, and wait until it cannot be seen; see `Backend.delete_bucket`."""
        super().delete_bucket(name)
        with self._failing_as(f"show that the bucket {name} was deleted"):
            self._s3.get_waiter("bucket_not_exists").wait(Bucket=name, WaiterConfig=_PATIENCE)

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
                said = code_and_message(refusal)
                raise UnsupportedError(f"{self.name} refuses the key {key}: {said}") from refusal

    def restricted(self, actions: Sequence[str]) -> tuple[Backend, Credentials]:  # noqa: ARG002 -- as in the base
        """Let the wire sign with the profile that must not upload; see `Backend.restricted`."""
        if self._denied is None:
            raise UnsupportedError(
                f"{self.name} needs a second AWS profile, one that must not upload: name it with "
                "--backend-denied-profile"
            )
        if not self._denies:
            raise UnsupportedError(
                f"{self.name} lets the AWS profile {self._options.backend_denied_profile} upload: "
                "--backend-denied-profile needs one that must not, and a server that enforces that"
            )
        return self, replace(Credentials.random(SystemRandom()), signer=self._denied)

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
        bucket = new_name()
        self.create_bucket(bucket)
        denied = self._client("s3", self._denied)
        with self._failing_as("answer an upload of the profile of --backend-denied-profile"):
            return _is_refused(denied, bucket, _DENIED)

    def _not_taken(self, error: ClientError) -> str:
        """Say why the suite's own credentials are not taken, and what to do."""
        said = code_and_message(error)
        if not self.endpoint.signer:
            return (
                f"{self.name} takes only requests of users that it knows ({said}): name an AWS "
                "profile for it with --backend-profile"
            )
        profile, wrong = self._options.backend_profile, _NOT_TAKEN[code_of(error)]
        return f"{self.name} refuses the AWS profile {profile}: {wrong} ({said})"


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
    signer, its_region = _read_profile(options.backend_profile, "--backend-profile")
    denied, _ = _read_profile(options.backend_denied_profile, "--backend-denied-profile")
    at_aws = _AT_AWS.fullmatch(address.host)
    region = options.backend_region or (at_aws[1] if at_aws else "") or its_region or REGION
    return EndpointBackend(Endpoint(address, signer, region, PREFIX), options, denied)


def check_reachable(address: Address) -> None:
    """Send one request without a signature, to which any answer will do.

    Raises:
        BackendError: There is no answer; the message says what to do.
    """
    try:
        with closing(address.connect(_SECONDS)) as connection:
            connection.request("GET", "/")
            connection.getresponse()
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
        raise BackendError(
            f"nothing answers at {address.url}: {error}; start the server, or correct --backend, "
            "with https:// if it speaks TLS"
        ) from error


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
    if options.ca_bundle and parts.scheme != "https":
        raise UsageError("--ca-bundle applies only to an endpoint with https://")
    # The run may change the current folder.
    bundle = Path(options.ca_bundle).absolute() if options.ca_bundle else None
    try:
        tls_context(bundle)
    except OSError as error:
        raise UsageError(
            f"--ca-bundle {options.ca_bundle}: {error}; expected a file with certificates in PEM"
        ) from error
    address = Address(host, port or PORTS[parts.scheme], parts.scheme, bundle)
    if not (address.is_loopback or options.allow_remote or options.yes):
        raise UsageError(
            f"{host} is another machine, on which the suite would create and delete buckets: "
            "add --allow-remote to allow that"
        )
    return address


def _read_profile(name: str | None, flag: str) -> tuple[Credentials | None, str]:
    """The credentials and the region of an AWS profile of the user's, if one is named."""
    if not name:
        return None, ""
    try:
        session = botocore.session.Session(profile=name)
        found = session.get_credentials()
        region = session.get_scoped_config().get("region") or ""
    except BotoCoreError as error:
        raise UsageError(f"{flag} {name}: {error}") from error
    key = found.get_frozen_credentials() if found else None
    if not (key and key.access_key and key.secret_key):
        raise UsageError(f"{flag} {name}: the profile has no credentials")
    return Credentials(key.access_key, key.secret_key, key.token or ""), region
