"""The first line of a request, in the form that all else expects.

RFC 9112, section 3.2.2: a server accepts the absolute form, and then the host in it counts, not
that of the header `Host`.
"""

import re
from collections.abc import Iterable

_ABSOLUTE = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")

Headers = tuple[tuple[str, str], ...]


def without_raw_bytes(line: bytes) -> bytes:
    """Encode what clients leave unencoded although a URL is ASCII, as in a path with an umlaut."""
    return _NOT_ASCII.sub(lambda byte: b"%%%02X" % ord(byte[0]), line)


def origin_form(target: str, headers: Iterable[tuple[str, str]]) -> tuple[str, Headers]:
    """Take the host out of a request's target, if it is there.

    Args:
        target: The target as it was sent.
        headers: The headers as they were sent.

    Returns:
        The path and query, and the headers with the host that counts.
    """
    absolute = _ABSOLUTE.fullmatch(target)
    if not absolute:
        return target, tuple(headers)
    host, rest = absolute[1], absolute[2]
    return rest if rest.startswith("/") else f"/{rest}", tuple(
        (name, host if name.lower() == "host" else value) for name, value in headers
    )
