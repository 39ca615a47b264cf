"""AWS itself, in an account of the user's."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from random import SystemRandom
from typing import Any

from botocore.exceptions import ClientError

from ..endpoint import Address, Endpoint
from ..s3.credentials import REGION, Credentials
from ..words.errors import BackendError, UnsupportedError, UsageError
from .endpoint import (
    EndpointBackend,
    is_virtual_hosted,
    parse_endpoint,
    read_profiles,
)
from .leftovers import Leftover, queues_left
from .marks import PREFIX, TAG, TAG_SET, new_name
from .options import EndpointOptions
from .permissions import is_denied, missing_permission
from .profile import Profile, urls_of
from .queues import allow_sending, await_test_event, delete_queue
from .sessions import session_allowed
from .settling import settling


class AmazonBackend(EndpointBackend):
    """S3, SQS, and STS of AWS.  A permission that the profile lacks is named."""

    # "Typically in seconds but can sometimes take a minute or longer" (Amazon S3 User Guide,
    # "Amazon S3 Event Notifications").
    _event_seconds = 90

    def __init__(
        self,
        endpoint: Endpoint,
        profile: Profile,
        options: EndpointOptions,
        services: Mapping[str, Address],
        denied: Profile | None = None,
    ) -> None:
        """Store how to reach it.

        Args:
            endpoint: How to reach S3.
            profile: The profile of the suite itself.
            options: What the user said.
            services: Where the other services listen.
            denied: A profile that must not upload, if any.
        """
        where = "" if endpoint.virtual_hosted else f" at {endpoint.address.url}"
        name = options.name or f"AWS in {endpoint.region}{where}"
        super().__init__(endpoint, name, profile, denied)
        self._role = options.role
        self._services = services
        self._queues: list[str] = []

    def open(self) -> None:
        """Check that the profile may do what all scenarios need; see `Backend.open`."""
        super().open()
        bucket = new_name()
        try:
            self.create_bucket(bucket)
            with self._failing_as("do what reporters do"):
                self._s3.get_bucket_location(Bucket=bucket)
                self._s3.put_object(Bucket=bucket, Key="probe", Body=b"")
            self.objects(bucket)
        finally:
            self.clean()
            # Else processes that are forked would share its connections.
            self._s3.close()
            del self._s3

    def enforcing_iam(self) -> EndpointBackend:
        """This one; see `Backend.enforcing_iam`."""
        return self

    def create_user(self, actions: Sequence[str]) -> Credentials:
        """Credentials for which the wire signs with a session; see `Backend.create_user`."""
        if self._denied:
            return super().create_user(actions)
        with self._forbidden("get credentials that may do less"):
            signer = session_allowed(self._sts, actions, self._role)
        return replace(Credentials.random(SystemRandom()), signer=signer)

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:
        """Send events to a queue, and wait until S3 does so; see `Backend.watch_bucket`."""
        with self._forbidden(f"watch the bucket {bucket}"):
            self._check_queues()
            queue = self._create_queue(bucket)
            arn = self._arn(queue)
            allow_sending(self._sqs, queue, arn, bucket)
            self._send_events(bucket, arn, prefix)
            if not await_test_event(lambda: self._receive(queue, 0)):
                raise BackendError(f"{self.name} sent no test event to the queue {queue}")
        return queue

    def clean(self) -> None:
        """Delete the queues, too; see `Backend.clean`."""
        try:
            super().clean()
        finally:
            for queue in self._queues:
                with self._failing_as(f"delete the queue {queue}"):
                    delete_queue(self._sqs, queue)
            self._queues.clear()

    @cached_property
    def account(self) -> str:
        """Whose it is: the ARN of the profile's user or role, which contains the account."""
        with self._failing_as("say whose the AWS profile is"):
            return str(self._sts.get_caller_identity()["Arn"])

    def leftovers(self) -> tuple[Leftover, ...]:
        """With the queues; see `EndpointBackend.leftovers`."""
        with self._failing_as("list the queues that are left"):
            return (*super().leftovers(), *queues_left(self._sqs))

    @cached_property
    def _sts(self) -> Any:
        return self._client("sts")

    def _tag(self, bucket: str) -> None:
        with self._failing_as(f"tag the bucket {bucket}"):
            self._s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": TAG_SET})

    def _remove_abandoned(self, client: Any) -> None:
        """Remove nothing: in somebody's account, only `clean` does, which asks."""

    def _check_queues(self) -> None:
        """Make no queue that could not be deleted."""
        probe = self._create_queue(new_name())
        delete_queue(self._sqs, probe)
        self._queues.remove(probe)

    def _create_queue(self, name: str) -> str:
        queue = str(self._sqs.create_queue(QueueName=name, tags=TAG)["QueueUrl"])
        self._queues.append(queue)
        return queue

    def _send_events(self, bucket: str, arn: str, prefix: str) -> None:
        for _ in settling():
            try:
                super()._send_events(bucket, arn, prefix)
            except ClientError as error:
                # S3 tries whether it may send, and the queue's policy needs a while.
                if error.response["Error"]["Code"] != "InvalidArgument":
                    raise
                refusal = error
            else:
                return
        raise refusal

    def _address_of(self, service: str) -> Address:
        return self._services.get(service, self.address)

    @contextmanager
    def _forbidden(self, task: str) -> Iterator[None]:
        """Not everything has to be allowed: what needs it is not run."""
        with self._failing_as(task):
            try:
                yield
            except ClientError as error:
                if not is_denied(error):
                    raise
                raise UnsupportedError(
                    f"the AWS profile {self._profile} lacks the permission "
                    f"{missing_permission(error)}"
                ) from error


def check_amazon(options: EndpointOptions) -> tuple[Profile, Profile | None]:
    """Read the profiles; nothing is sent.

    Raises:
        UsageError: The options are wrong.
    """
    if not options.profile:
        raise UsageError("--backend aws needs --backend-profile, the AWS profile of the suite")
    if options.allow_remote:
        raise UsageError("--allow-remote applies only to an endpoint; --backend aws asks instead")
    profile, denied = read_profiles(options)
    assert profile is not None  # noqa: S101 -- it is named
    if not options.agreed:
        raise UsageError(
            "--backend aws makes buckets and queues in an AWS account, which costs money: add "
            "--yes to agree"
        )
    return profile, denied


def open_amazon(options: EndpointOptions) -> AmazonBackend:
    """Find out where AWS is; nothing is sent.

    Raises:
        UsageError: The options are wrong.
    """
    profile, denied = check_amazon(options)
    region = options.region or profile.region or REGION
    names = ("s3", "sqs", "sts")
    trusted = replace(
        options, ca_bundle=options.ca_bundle or profile.ca_bundle or None, allow_remote=True
    )
    urls = urls_of(profile.name, region, *names)
    addresses = {n: parse_endpoint(url, trusted) for n, url in zip(names, urls, strict=True)}
    address = addresses.pop("s3")
    endpoint = Endpoint(
        address,
        profile.credentials,
        region,
        is_virtual_hosted(address, options.addressing),
        addresses["sts"],
        PREFIX,
    )
    return AmazonBackend(endpoint, profile, options, addresses, denied)
