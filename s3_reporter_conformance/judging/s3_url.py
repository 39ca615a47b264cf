"""Parses S3 URLs (interpretation 11)."""

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_SCHEMES = re.compile(r"s3://|https?://\S+\Z", re.IGNORECASE)
# A presigned URL no longer leads to the object when it has expired.
_SIGNED = re.compile(r"[?&](?:X-Amz-)?Signature=", re.IGNORECASE)
# What is left of a key that was not encoded: a percent sign without digits, or a plus sign, which
# S3 reads as a space.
_NOT_ENCODED = re.compile(r"%(?![\da-f]{2})|\+", re.IGNORECASE)
# Amazon S3 User Guide, "Methods for accessing a bucket", "Using dual-stack endpoints", and
# "Configuring fast, secure file transfers using Amazon S3 Transfer Acceleration"; General
# Reference, "Amazon S3 endpoints and quotas".
_HOST = re.compile(
    r"(?:(?P<bucket>.+)\.)?"
    r"s3(?:(?<=\.s3)-accelerate(?:\.dualstack)?|(?:-fips)?(?:[.-](?:dualstack\.)?(?P<region>{region}))?)"
    r"\.(?P<domain>{domains})".format(
        region=r"[a-z]{2}[a-z-]*-\d",
        domains=r"amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov"
        r"|cloud\.adc-e\.uk|csp\.hci\.ic\.gov",
    )
)
# The domains of the partitions, by how the names of their regions begin.
_DOMAINS = {
    "cn-": "amazonaws.com.cn",
    "eusc-": "amazonaws.eu",
    "us-iso-": "c2s.ic.gov",
    "us-isob-": "sc2s.sgov.gov",
    "eu-isoe-": "cloud.adc-e.uk",
    "us-isof-": "csp.hci.ic.gov",
}


@dataclass(frozen=True)
class Location:
    """The object that a URL points to; the region is `None` if it names none."""

    bucket: str
    key: str
    region: str | None


def is_url(text: str) -> bool:
    """Whether a receiver takes a text for the URL of an object, and not for a message.

    It is enough that it begins with `s3://`: a key may contain anything that follows.
    """
    return bool(_SCHEMES.match(text.strip()))


def locate(url: str, endpoint: str) -> Location | None:
    """Parse `s3://bucket/key`, or an equivalent https URL.

    Nothing decodes what follows `s3://`; an https URL is percent-encoded (RFC 3986, section 2.1).
    The endpoint that was used is an S3 host, too.  A URL is none if it is presigned, its path is
    not encoded, or its host is not one of S3, or not in the domain of its region.
    """
    if url.lower().startswith("s3://"):
        bucket, _, key = url[len("s3://") :].partition("/")
        return Location(bucket, key, None)
    if not is_url(url) or url.strip() != url or _SIGNED.search(url):
        return None
    with suppress(ValueError):
        parts = urlsplit(url)
        host = _HOST.fullmatch(parts.hostname or "")
        used = f"{parts.scheme}://{parts.netloc}" == endpoint.rstrip("/")
        region = host["region"] if host else None
        is_foreign = host and region and host["domain"] != _domain(region)
        if is_foreign or _NOT_ENCODED.search(parts.path) or not (host or used):
            return None
        path = unquote(parts.path.removeprefix("/"))
        if host and host["bucket"]:
            return Location(host["bucket"], path, region)
        return Location(*path.partition("/")[::2], region)
    return None


def _domain(region: str) -> str:
    ours = (domain for begin, domain in _DOMAINS.items() if region.startswith(begin))
    return next(ours, "amazonaws.com")
