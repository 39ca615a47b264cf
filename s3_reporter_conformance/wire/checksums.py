"""The checksums that S3 knows (Amazon S3 User Guide, "Checking object integrity").

CRC-32C and CRC-64/NVME are computed here, because awscrt, the library for them, changes how every
boto3 beside it behaves, that of a reporter included.
"""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Callable, Mapping
from functools import cache


def _crc(polynomial: int, width: int) -> Callable[[bytes], bytes]:
    """Compute a reflected CRC whose register begins, and is inverted in the end, with ones."""
    ones = (1 << width) - 1

    @cache
    def table() -> tuple[int, ...]:
        entries = []
        for entry in range(256):
            remainder = entry
            for _ in range(8):
                remainder = remainder >> 1 ^ (polynomial if remainder & 1 else 0)
            entries.append(remainder)
        return tuple(entries)

    def checksum(content: bytes) -> bytes:
        entries, register = table(), ones
        for byte in content:
            register = register >> 8 ^ entries[(register ^ byte) & 0xFF]
        return (register ^ ones).to_bytes(width // 8, "big")

    return checksum


# S3 computes some of them, although nobody should rely on them for security.
_ALGORITHMS: Mapping[str, Callable[[bytes], bytes]] = {
    "crc32": lambda content: zlib.crc32(content).to_bytes(4, "big"),
    "crc32c": _crc(0x82F63B78, 32),
    "crc64nvme": _crc(0x9A6C9329AC4BC9B5, 64),
    "md5": lambda content: hashlib.md5(content, usedforsecurity=False).digest(),
    "sha1": lambda content: hashlib.sha1(content, usedforsecurity=False).digest(),
    "sha256": lambda content: hashlib.sha256(content).digest(),
    "sha512": lambda content: hashlib.sha512(content).digest(),
}

ALGORITHMS = frozenset(_ALGORITHMS)
"""What can be computed, by the names that headers have for it."""


def checksum(algorithm: str, content: bytes) -> str:
    """Compute a checksum, in Base64.

    Raises:
        KeyError: The algorithm is not one of `ALGORITHMS`.
    """
    return base64.b64encode(_ALGORITHMS[algorithm](content)).decode()


def is_checksum(algorithm: str, value: str) -> bool:
    """Whether a value has the form of a checksum: Base64 of the right length."""
    try:
        decoded = base64.b64decode(value, validate=True)
    except binascii.Error:
        return False
    return len(decoded) == len(_ALGORITHMS[algorithm](b""))
