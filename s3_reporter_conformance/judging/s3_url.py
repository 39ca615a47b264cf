"""Parses S3 URLs (interpretation 11)."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# Keys may contain spaces, but so may error messages that begin with a URL; the ending decides.
_URL = re.compile(r"(s3|https?)://(\S+|\S.*\.(json|yaml))", re.DOTALL)
# Amazon S3 User Guide, "Methods for accessing a bucket": path-style and virtual-hosted-style.
_HOST = re.compile(
    r"(?:(?P<bucket>.+)\.)?s3(?:[.-](?:dualstack\.)?(?P<region>[a-z]{2}[a-z-]*-\d))?"
    r"\.amazonaws\.com(?:\.cn)?"
)


@dataclass(frozen=True)
class Location:
    """What a URL points to.

    Attributes:
        bucket: The bucket.
        keys: The key, verbatim and without percent-encoding.
        region: The region, if the URL names one.
    """

    bucket: str
    keys: frozenset[str]
    region: str | None


def is_url(text: str) -> bool:
    """Whether a text is a URL, as opposed to a message that mentions one."""
    return bool(_URL.fullmatch(text.strip()))


def locate(url: str) -> Location | None:
    """Parse `s3://bucket/key`, or an equivalent https URL.

    Any other host is assumed to be an S3 endpoint with the bucket in the path.
    """
    if not is_url(url):
        return None
    scheme, _, rest = url.strip().partition("://")
    host, _, path = rest.partition("/")
    if scheme == "s3":
        return _location(host, path, None)
    match = _HOST.fullmatch(urlsplit(url).hostname or "")
    region = match["region"] if match else None
    if match and match["bucket"]:
        return _location(match["bucket"], path.partition("?")[0], region)
    bucket, _, key = path.partition("?")[0].partition("/")
    return _location(bucket, key, region)


def decoded(key: str) -> str:
    """Undo the percent-encoding of a key that was encoded before it was uploaded."""
    return unquote(key)


def _location(bucket: str, key: str, region: str | None) -> Location:
    return Location(bucket, frozenset({key, unquote(key)}), region)
