"""The checksums that S3 knows (Amazon S3 User Guide, "Checking object integrity").

CRC-32C and CRC-64/NVME are computed here, because awscrt, the library for them, changes how every
boto3 beside it behaves, that of a reporter included.
"""

import base64
import hashlib
import zlib
from collections.abc import Callable, Mapping
from functools import cache


@cache
def _table(polynomial: int) -> tuple[int, ...]:
    entries = []
    for entry in range(256):
        remainder = entry
        for _ in range(8):
            remainder = remainder >> 1 ^ (polynomial if remainder & 1 else 0)
        entries.append(remainder)
    return tuple(entries)


def _crc(content: bytes, polynomial: int, size: int) -> bytes:
    """A reflected CRC whose register begins, and is inverted in the end, with ones."""
    ones = (1 << 8 * size) - 1
    table, register = _table(polynomial), ones
    for byte in content:
        register = register >> 8 ^ table[(register ^ byte) & 0xFF]
    return (register ^ ones).to_bytes(size, "big")


# S3 computes some of them, although nobody should rely on them for security.
ALGORITHMS: Mapping[str, Callable[[bytes], bytes]] = {
    "crc32": lambda content: zlib.crc32(content).to_bytes(4, "big"),
    "crc32c": lambda content: _crc(content, 0x82F63B78, 4),
    "crc64nvme": lambda content: _crc(content, 0x9A6C9329AC4BC9B5, 8),
    "md5": lambda content: hashlib.md5(content, usedforsecurity=False).digest(),
    "sha1": lambda content: hashlib.sha1(content, usedforsecurity=False).digest(),
    "sha256": lambda content: hashlib.sha256(content).digest(),
    "sha512": lambda content: hashlib.sha512(content).digest(),
}
"""The checksums by the names that headers have for them."""


def checksum(algorithm: str, content: bytes) -> str:
    """Compute a checksum by one of `ALGORITHMS`, in Base64."""
    return base64.b64encode(ALGORITHMS[algorithm](content)).decode()
