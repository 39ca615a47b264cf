"""What an S3 URL says (interpretation 11)."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# A key may hold spaces, and so may an error message that begins with a URL: the end tells.
_URL = re.compile(r"(s3|https?)://(\S+|\S.*\.(json|yaml))", re.DOTALL)
# Amazon S3 User Guide, "Methods for accessing a bucket": path-style and virtual-hosted-style.
_HOST = re.compile(
    r"(?:(?P<bucket>.+)\.)?s3(?:[.-](?:dualstack\.)?(?P<region>[a-z]{2}[a-z-]*-\d))?"
    r"\.amazonaws\.com(?:\.cn)?"
)


@dataclass(frozen=True)
class Location:
    """Where a URL leads.

    Attributes:
        bucket: The bucket.
        keys: The key: as written, and with its percent-encoding undone.
        region: The region, where the URL names one.
    """

    bucket: str
    keys: frozenset[str]
    region: str | None


def is_url(text: str) -> bool:
    """Whether a text is a URL, and not a message that mentions one."""
    return bool(_URL.fullmatch(text.strip()))


def locate(url: str) -> Location | None:
    """Read `s3://bucket/key`, or an https form of it.

    Any other host is taken for an S3 endpoint with the bucket in the path.
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


def _location(bucket: str, key: str, region: str | None) -> Location:
    return Location(bucket, frozenset({key, unquote(key)}), region)
