"""What a user can say about an endpoint."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EndpointOptions:
    """How to reach an endpoint; a field that is `None` or false is not set.

    Attributes:
        profile: The AWS profile to sign all requests with.
        ca_bundle: The certificate authorities to trust, a PEM file.
        allow_remote: Allow another machine.
    """

    profile: str | None = None
    ca_bundle: str | None = None
    allow_remote: bool = False
