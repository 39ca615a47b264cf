"""Any running S3 API: MinIO, Ceph, AWS, or somebody's moto or LocalStack."""

import re
import secrets
import ssl
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

from ..s3.credentials import REGION, Credentials
from ..s3.endpoint import PORTS, Address, Endpoint, tls_context
from ..words.errors import BackendError, UnsupportedError, UsageError
from .base import INSPECTOR, Backend, StoredObject, code_and_message, code_of
from .registry import BackendOptions

PREFIX = "s3-reporter-conformance-"
"""The prefix of the names of buckets, because others may have theirs there, too."""

TAG = "s3-reporter-conformance"
"""The tag of a bucket of the suite; `clean` deletes nothing that lacks it."""

_EXPECTED = "expected http://host:port or https://host:port"
_AT_AWS = re.compile(r"s3[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?")
# How long each step of the first request may take, in seconds.
_SECONDS = 30
# For how long to wait until a bucket can be seen, or cannot: looks, and seconds between two.
_PATIENCE = {"Delay": 0.2, "MaxAttempts": 50}
_NOT_TAKEN = frozenset(
    {
        "AuthorizationHeaderMalformed",
        "ExpiredToken",
        "InvalidAccessKeyId",
        "InvalidToken",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    }
)
_DENIED = frozenset({"AccessDenied", "403"})
_NO_BUCKET = frozenset({"NoSuchBucket", "404"})


@dataclass(frozen=True)
class Leftover:
    """A bucket with the suite's prefix, which may lack its tag."""

    name: str
    made: datetime
    has_tag: bool


class EndpointBackend(Backend):
    """An S3 API of which only the address is known; what else it can do is tried."""

    def __init__(self, options: BackendOptions) -> None:
        """Find it; this sends no request.

        Raises:
            UsageError: The address, a profile, or the file of certificates is invalid.
        """
        address = _parse(options)
        self._profile = options.backend_profile
        signer, its_region = _read_profile(self._profile)
        at_aws = _AT_AWS.fullmatch(address.host)
        region = options.backend_region or (at_aws[1] if at_aws else "") or its_region or REGION
        super().__init__(options.backend_name or options.backend, signer or INSPECTOR)
        self.endpoint = Endpoint(address, signer, region, PREFIX)

    def open(self) -> None:
        """Check that it answers, and takes the signatures; see `Backend.open`."""
        check_reachable(self.endpoint.address)
        with self._failing_as("answer a request"):
            try:
                self._s3.list_objects_v2(Bucket=_new_name(), MaxKeys=1)
            except ClientError as error:
                code, said = code_of(error), code_and_message(error)
                if code in _NOT_TAKEN and self._profile:
                    raise BackendError(
                        f"{self.name} refuses the AWS profile {self._profile}: {said}"
                    ) from error
                if code in _NOT_TAKEN | _DENIED and not self._profile:
                    raise BackendError(
                        f"{self.name} takes only requests of users that it knows ({said}): name "
                        "an AWS profile for it with --backend-profile"
                    ) from error
                if code not in _DENIED | _NO_BUCKET:
                    raise

    def create_bucket(self, name: str) -> None:
        """Create a bucket, and wait until it can be seen; see `Backend.create_bucket`."""
        super().create_bucket(name)
        # Some servers have no tags.
        with suppress(ClientError):
            mark = {"Key": TAG, "Value": "delete-me"}
            self._s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [mark]})
        with self._failing_as(f"show that the bucket {name} was created"):
            self._s3.get_waiter("bucket_exists").wait(Bucket=name, WaiterConfig=_PATIENCE)

    def delete_bucket(self, bucket: str, *, may_come: bool = False) -> None:
        """Delete a bucket, and wait until it cannot be seen; see `Backend.delete_bucket`."""
        super().delete_bucket(bucket, may_come=may_come)
        with self._failing_as(f"show that the bucket {bucket} was deleted"):
            self._s3.get_waiter("bucket_not_exists").wait(Bucket=bucket, WaiterConfig=_PATIENCE)

    def check_key(self, key: str) -> None:
        """Try it in a bucket of its own; see `Backend.check_key`."""
        bucket = _new_name()
        self.create_bucket(bucket)
        try:
            self.write([StoredObject(bucket, key, "", b"")])
        except BackendError as error:
            raise UnsupportedError(f"{self.name} refuses the key {key}: {error}") from error

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:  # noqa: ARG002 -- as in the base
        """Raise: these APIs differ in how they deliver events."""
        raise UnsupportedError(f"{self.name} is not known to deliver events")

    def leftovers(self) -> Iterator[Leftover]:
        """Buckets of runs that were killed, or that go on.

        Raises:
            BackendError: They cannot be listed.
        """
        with self._failing_as("list what is left"):
            # Servers that do not know the prefix list all buckets.
            for page in self._s3.get_paginator("list_buckets").paginate(Prefix=PREFIX):
                for entry in page.get("Buckets", []):
                    if (name := entry["Name"]).startswith(PREFIX):
                        yield Leftover(name, entry["CreationDate"], self._has_tag(name))

    def _has_tag(self, bucket: str) -> bool:
        try:
            tags = self._s3.get_bucket_tagging(Bucket=bucket)["TagSet"]
        except ClientError:
            # It has none, the server knows none, or the bucket has gone meanwhile.
            return False
        return any(each["Key"] == TAG for each in tags)


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


def _new_name() -> str:
    """A name for a bucket in which something is tried."""
    return f"{PREFIX}probe-{secrets.token_hex(6)}"


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


def _read_profile(name: str | None) -> tuple[Credentials | None, str]:
    """The credentials and the region of an AWS profile of the user's, if one is named."""
    if not name:
        return None, ""
    try:
        session = botocore.session.Session(profile=name)
        found = session.get_credentials()
        region = session.get_scoped_config().get("region") or ""
    except BotoCoreError as error:
        raise UsageError(f"--backend-profile {name}: {error}") from error
    key = found.get_frozen_credentials() if found else None
    if not (key and key.access_key and key.secret_key):
        raise UsageError(f"--backend-profile {name}: the profile has no credentials")
    return Credentials(key.access_key, key.secret_key, key.token or ""), region
