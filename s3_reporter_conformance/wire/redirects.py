"""Following S3 to where a bucket is.

Amazon S3 User Guide, "Request redirection and the REST API".
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from ..endpoint import PORTS, Address, Endpoint
from ..words.errors import BackendError
from .answers import Response

_MOVED = frozenset({301, 302, 307, 308})
_OF_AWS = re.compile(r"s3(?:[.-][a-z0-9-]+)?(\.amazonaws\.com(?:\.cn)?)")


def redirected(answer: Response, endpoint: Endpoint, bucket: str) -> Endpoint | None:
    """Tell where S3 says that a bucket is, for which region; `None` if it names no other place.

    Raises:
        BackendError: It is on another machine, while the endpoint is on this one.
    """
    is_moved = answer.status in _MOVED
    is_malformed = answer.status == HTTPStatus.BAD_REQUEST and (
        answer.element("Code") in {"", "AuthorizationHeaderMalformed"}
    )
    if not is_moved and not is_malformed:
        return None
    region = answer.header("x-amz-bucket-region") or answer.element("Region") or endpoint.region
    address = _regional(endpoint.address, region)
    if is_moved:
        address = next(_named(answer, endpoint.address, bucket), address)
    if endpoint.address.is_loopback and not address.is_loopback:
        raise BackendError(
            f"{endpoint.address.url} says that the bucket {bucket} is at {address.host}, which is "
            "another machine; name that one with --backend to use it"
        )
    found = replace(endpoint, address=address, region=region)
    return None if found == endpoint else found


def _named(answer: Response, old: Address, bucket: str) -> Iterator[Address]:
    """The addresses that an answer names."""
    for text in (answer.header("location"), answer.element("Endpoint")):
        parts = urlsplit(text if "://" in text else f"//{text}")
        # Never from https to http.
        scheme = "https" if "https" in {old.scheme, parts.scheme} else "http"
        if host := (parts.hostname or "").removeprefix(f"{bucket}."):
            yield replace(old, host=host, port=parts.port or PORTS[scheme], scheme=scheme)


def _regional(address: Address, region: str) -> Address:
    """AWS has a host for each region; elsewhere, one host may serve several."""
    match = _OF_AWS.fullmatch(address.host)
    return replace(address, host=f"s3.{region}{match[1]}") if match else address
