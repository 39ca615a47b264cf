"""What a user can say about an endpoint."""

from dataclasses import dataclass
from enum import Enum


class Addressing(Enum):
    """Where a request names the bucket (Amazon S3 User Guide, "Virtual hosting of buckets")."""

    AUTO = "auto"
    PATH = "path"
    VIRTUAL = "virtual"


@dataclass(frozen=True)
class EndpointOptions:
    """How to reach an endpoint; a field that is `None` or false is not set.

    Attributes:
        name: What reports call it, such as `Ceph 16.2.15`.
        profile: The AWS profile to sign all requests with.
        region: The region of the buckets.
        role: The ARN of a role that may do all that a reporter may.
        denied_profile: An AWS profile that must not upload.
        addressing: Where to name the bucket.
        ca_bundle: The certificate authorities to trust, a PEM file.
        allow_remote: Allow another machine.
        agreed: Make buckets and queues in an AWS account.
    """

    name: str | None = None
    profile: str | None = None
    region: str | None = None
    role: str | None = None
    denied_profile: str | None = None
    addressing: Addressing = Addressing.AUTO
    ca_bundle: str | None = None
    allow_remote: bool = False
    agreed: bool = False
