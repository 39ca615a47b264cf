"""Any running S3 API: MinIO, Ceph, moto, or LocalStack."""

from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from random import SystemRandom
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from ..endpoint import PORTS, Address, Endpoint, tls_context
from ..s3.credentials import REGION, Credentials
from ..words.errors import BackendError, UnsupportedError, UsageError
from .aws import INSPECTOR, AwsBackend
from .emptying import delete_with_contents
from .leftovers import Leftover, buckets_left, delete
from .marks import OWNER, PREFIX, TAG_SET, new_name
from .options import Addressing, EndpointOptions
from .owners import new_owner, was_killed
from .profile import Profile, read_profile
from .reaching import check_reachable
from .settling import settling

_EXPECTED = "expected http://host:port or https://host:port"
_OF_AWS = (".amazonaws.com", ".amazonaws.com.cn")
# What S3 answers to a signature that it does not take.
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


class EndpointBackend(AwsBackend):
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
        super().__init__(endpoint, name, endpoint.signer or INSPECTOR)
        self._profile = profile.name if profile else None
        self._denied = denied
        self._owner = new_owner()

    def open(self) -> None:
        """Check that it answers, and takes the signatures; see `Backend.open`.

        Buckets that killed runs of this machine left are removed.
        """
        check_reachable(self.address)
        # Not the client of the run: processes that are forked would share its connection.
        with self._failing_as("answer a request"), closing(self._client("s3")) as client:
            try:
                client.list_objects_v2(Bucket=new_name(), MaxKeys=1)
            except ClientError as error:
                code = _code(error)
                if code in _NOT_TAKEN or (code in _DENIED and self._profile is None):
                    raise BackendError(self._refusal(error)) from error
                if code not in _DENIED | _NO_BUCKET:
                    raise
            self._remove_abandoned(client)

    def create_bucket(self, name: str) -> None:
        """Create a bucket, and wait until it can be seen; see `Backend.create_bucket`."""
        super().create_bucket(name)
        self._tag(name)
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
            try:
                self._s3.put_object(Bucket=bucket, Key=key, Body=b"")
            except ClientError as error:
                said = f"{_code(error)}: {error.response['Error'].get('Message')}"
                raise UnsupportedError(f"{self.name} refuses the key {key}: {said}") from error

    def enforcing_iam(self) -> AwsBackend:
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
        """What runs that were killed left.

        Raises:
            BackendError: It cannot be listed.
        """
        with self._failing_as("list what is left"):
            return tuple(buckets_left(self._s3, self.endpoint.region))

    def delete_leftover(self, leftover: Leftover) -> None:
        """Delete what a run left.

        Raises:
            BackendError: It cannot be deleted.
        """
        with self._failing_as(f"delete the {leftover.kind} {leftover.name}"):
            delete(leftover, self._s3, self._sqs)

    def _tag(self, bucket: str) -> None:
        tags = [*TAG_SET, {"Key": OWNER, "Value": self._owner}]
        # Some servers have no tags.  What lacks one is left alone by `clean`.
        with suppress(ClientError):
            self._s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tags})

    def _remove_abandoned(self, client: Any) -> None:
        # Others may be removing them, too; and `clean` tells why they cannot be listed.
        with suppress(ClientError):
            for each in buckets_left(client, self.endpoint.region):
                if each.is_tagged and was_killed(each.owner):
                    delete_with_contents(client, each.name)

    @cached_property
    def _refuses_deleted(self) -> bool:
        bucket = new_name()
        self.create_bucket(bucket)
        self.delete_bucket(bucket)
        with self._failing_as(f"answer an upload to the deleted bucket {bucket}"):
            try:
                self._s3.put_object(Bucket=bucket, Key="probe", Body=b"")
            except ClientError as error:
                if _code(error) in _NO_BUCKET:
                    return True
                raise
        return False

    @cached_property
    def _denies(self) -> bool:
        assert self._denied is not None  # noqa: S101 -- asked only then
        bucket = new_name()
        self.create_bucket(bucket)
        denied = self._client("s3", self._denied.credentials)
        with self._failing_as(f"answer an upload of the AWS profile {self._denied.name}"):
            try:
                denied.put_object(Bucket=bucket, Key="probe", Body=b"")
            except ClientError as error:
                if _code(error) in _DENIED:
                    return True
                raise
        return False

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
            if _code(error) in _NO_BUCKET:
                return False
            # Who may not look into a bucket is told that it is there.
            if _code(error) not in _DENIED:
                raise
        return True

    def _refusal(self, error: ClientError) -> str:
        """Say why the suite's own credentials are not taken, and what to do."""
        said = f"{_code(error)}: {error.response['Error'].get('Message') or 'no message'}"
        if self._profile is None:
            return (
                f"{self.name} takes only requests of users that it knows ({said}): name an AWS "
                "profile for it with --backend-profile"
            )
        wrong = {
            "SignatureDoesNotMatch": "its secret access key is wrong",
            "InvalidAccessKeyId": "its access key is not known there",
            "ExpiredToken": "its session has expired",
        }.get(_code(error), "see its credentials and its region")
        return f"{self.name} refuses the AWS profile {self._profile}: {wrong} ({said})"


def open_endpoint(url: str, options: EndpointOptions) -> EndpointBackend:
    """Find an endpoint; this sends no request.

    Args:
        url: `http://host:port` or `https://host:port`.
        options: How to reach it.

    Raises:
        UsageError: The address, a profile, or the file of certificates is invalid.
    """
    address = parse_endpoint(url, options)
    if options.role:
        raise UsageError("--backend-role applies only to --backend aws")
    profile, denied = read_profiles(options)
    is_virtual = is_virtual_hosted(address, options.addressing)
    signer = profile.credentials if profile else None
    region = options.region or (profile.region if profile else "") or REGION
    endpoint = Endpoint(address, signer, region, virtual_hosted=is_virtual, bucket_prefix=PREFIX)
    name = options.name or (f"{url}, virtual-hosted" if is_virtual else url)
    return EndpointBackend(endpoint, name, profile, denied)


def parse_endpoint(url: str, options: EndpointOptions) -> Address:
    """Parse the URL of an endpoint.

    Args:
        url: `http://host:port` or `https://host:port`.
        options: How to reach it.

    Raises:
        UsageError: It is not valid, or is on another machine and that is not allowed.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{url} is not a valid endpoint: {error}; {_EXPECTED}") from error
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.query:
        raise UsageError(f"{url} is not a valid endpoint: {_EXPECTED}")
    bundle = read_bundle(options.ca_bundle, parts.scheme) if options.ca_bundle else None
    address = Address(host, port or PORTS[parts.scheme], parts.scheme, bundle)
    if not options.allow_remote and not address.is_loopback:
        raise UsageError(
            f"{host} is another machine, on which the suite would create and delete buckets: "
            "add --allow-remote to allow that"
        )
    return address


def read_bundle(path: str, scheme: str) -> Path:
    """Check a file of certificates.

    Raises:
        UsageError: It contains none, or the endpoint does not speak TLS.
    """
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


def read_profiles(options: EndpointOptions) -> tuple[Profile | None, Profile | None]:
    """The profile of the suite itself, and the one that must not upload."""
    if options.denied_profile and not options.profile:
        raise UsageError(
            "--backend-denied-profile needs --backend-profile, for the suite's own requests"
        )
    profile = read_profile(options.profile, "--backend-profile") if options.profile else None
    if not options.denied_profile:
        return profile, None
    return profile, read_profile(options.denied_profile, "--backend-denied-profile")


def is_virtual_hosted(address: Address, addressing: Addressing) -> bool:
    """Whether an endpoint wants buckets to be named in the host."""
    if addressing is Addressing.AUTO:
        return address.host.endswith(_OF_AWS)
    return addressing is Addressing.VIRTUAL


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
