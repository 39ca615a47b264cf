"""The checksums that S3 knows (Amazon S3 User Guide, "Checking object integrity").

CRC-32C and CRC-64/NVME come from anycrc, because awscrt, AWS's own library for them, changes how
every boto3 beside it behaves, that of a reporter included.
"""

import base64
import hashlib
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any


@cache
def _crc(name: str) -> Any:
    import anycrc  # noqa: PLC0415 -- few clients send such a checksum

    return anycrc.Model(name)


# S3 computes some of them, although nobody should rely on them for security.
ALGORITHMS: Mapping[str, Callable[[bytes], bytes]] = {
    "crc32": lambda content: zlib.crc32(content).to_bytes(4, "big"),
    "crc32c": lambda content: _crc("CRC32-ISCSI").calc(content).to_bytes(4, "big"),
    "crc64nvme": lambda content: _crc("CRC64-NVME").calc(content).to_bytes(8, "big"),
    "md5": lambda content: hashlib.md5(content, usedforsecurity=False).digest(),
    "sha1": lambda content: hashlib.sha1(content, usedforsecurity=False).digest(),
    "sha256": lambda content: hashlib.sha256(content).digest(),
    "sha512": lambda content: hashlib.sha512(content).digest(),
}
"""The checksums by the names that headers have for them."""


def checksum(algorithm: str, content: bytes) -> str:
    """Compute a checksum by one of `ALGORITHMS`, in Base64."""
    return base64.b64encode(ALGORITHMS[algorithm](content)).decode()
