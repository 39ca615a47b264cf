"""Tells whether a URL leads to an object of S3 (interpretation 11)."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import SplitResult, unquote, urlsplit

_SCHEMES = re.compile(r"s3://|https?://\S+\Z", re.IGNORECASE)
# A presigned URL no longer leads to the object when it has expired.
_SIGNED = re.compile(r"[?&](?:X-Amz-)?Signature=", re.IGNORECASE)
# What is left of a key that was not encoded: a percent sign without digits, or a plus sign, which
# S3 reads as a space.
_NOT_ENCODED = re.compile(r"%(?![\da-f]{2})|\+", re.IGNORECASE)
# The domains of the partitions, by how the names of their regions begin.
_DOMAINS = {
    "cn-": "amazonaws.com.cn",
    "eusc-": "amazonaws.eu",
    "us-iso-": "c2s.ic.gov",
    "us-isob-": "sc2s.sgov.gov",
    "eu-isoe-": "cloud.adc-e.uk",
    "us-isof-": "csp.hci.ic.gov",
}
_GLOBAL, _ITS_REGION = "s3.amazonaws.com", "us-east-1"
# Launched before March 20, 2019: the global host leads to their buckets, too, if the bucket stands
# before it (Amazon S3 User Guide, "Virtual hosting of general purpose buckets").
_OLD = (
    *("ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1"),
    *("ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2"),
    *("eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"),
)
_WITH_DASH = (*_OLD, "us-gov-west-1")
_WITH_FIPS = ("us-", "ca-")


def is_url(text: str) -> bool:
    """Whether a receiver takes a text for the URL of an object, and not for a message.

    It is enough that it begins with `s3://`: a key may contain anything that follows.
    """
    return bool(_SCHEMES.match(text.strip()))


def flaw_of(url: str, target: tuple[str, str], regions: Collection[str], endpoint: str) -> str:
    """Say what keeps a URL from leading to an object, given by its bucket and key.

    Empty if nothing does.  Nothing decodes what follows `s3://`; an https URL is percent-encoded
    (RFC 3986, section 2.1).  The endpoint that was used is an S3 host, too, with the bucket
    before it as well: SDKs make such URLs even of the address of a server.
    """
    if url.lower().startswith("s3://"):
        found = [url[len("s3://") :].partition("/")[::2]]
    elif flaw := next(_flaws_of_form(url), None):
        return flaw
    else:
        found = list(_objects_at(urlsplit(url), regions, endpoint))
    if not found:
        usual = " or ".join(next(_hosts(region)) for region in sorted(regions))
        host = urlsplit(url).netloc
        known = f"{usual} or the endpoint"
        return f"has the host {host}; expected {known}, with the bucket before or behind it"
    bucket, key = found[0]
    if bucket != target[0]:
        return f"names the bucket {bucket!r}"
    return f"names the key {key!r}" if key != target[1] else ""


def _flaws_of_form(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        yield "is no URL"
        return
    if not is_url(url) or url.strip() != url:
        yield "is not a URL and nothing else" if "://" in url else "is no URL"
    if _SIGNED.search(url):
        yield "is presigned, so it expires"
    if behind := url[len(f"{parts.scheme}://{parts.netloc}{parts.path}") :]:
        yield f"goes on behind the key: {behind}"
    if found := _NOT_ENCODED.search(parts.path):
        yield f"is not percent-encoded: {found[0]}"


def _objects_at(
    url: SplitResult, regions: Collection[str], endpoint: str
) -> Iterator[tuple[str, str]]:
    """The bucket and key that a URL names, if its host is one of S3."""
    # The port of the scheme may be left out (RFC 3986, section 6.2.3).
    host = url.netloc.lower().removesuffix(":443")
    path = unquote(url.path.removeprefix("/"))
    own = urlsplit(endpoint)
    if url.scheme == own.scheme:
        yield from _objects_of(own.netloc, url.netloc, path)
    for region in regions:
        if host != _GLOBAL or region == _ITS_REGION:
            for known in _hosts(region):
                yield from _objects_of(known, host, path)


def _objects_of(known: str, host: str, path: str) -> Iterator[tuple[str, str]]:
    """The bucket, behind a known host or before it, and the key."""
    if host == known:
        bucket, _, key = path.partition("/")
        yield bucket, key
    if host.endswith(f".{known}"):
        yield host.removesuffix(f".{known}"), path


def _hosts(region: str) -> Iterator[str]:
    """The hosts at which S3 answers for buckets of a region, the usual one first.

    Amazon S3 User Guide, "Using dual-stack endpoints"; General Reference, "Amazon S3 endpoints and
    quotas".  Transfer Acceleration is off unless somebody switches it on for a bucket.
    """
    ours = (domain for begin, domain in _DOMAINS.items() if region.startswith(begin))
    domain = next(ours, "amazonaws.com")
    for name in ("s3", "s3-fips") if region.startswith(_WITH_FIPS) else ("s3",):
        yield f"{name}.{region}.{domain}"
        yield f"{name}.dualstack.{region}.{domain}"
    if region in _WITH_DASH:
        yield f"s3-{region}.{domain}"
    if region in _OLD:
        yield _GLOBAL
