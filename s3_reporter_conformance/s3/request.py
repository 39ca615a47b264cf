"""A request, in terms of S3."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, unquote

from .aws_chunked import ChunkedBody, decode
from .operations import operation_called

# Without a region, SDKs leave it empty.
_SCOPE = re.compile(r"([^/]+)/([^/]+)/([^/]*)/([^/]+)/([^/]+)")
_IN_HEADER = re.compile(r"^AWS4-HMAC-SHA256\s.*?Credential=([^,\s]+)")
_LOCALHOST = ".localhost"


@dataclass(frozen=True)
class CredentialScope:
    """The key, the day, and the service that a signature is made for (AWS Signature Version 4)."""

    access_key_id: str
    date: str
    region: str
    service: str
    terminator: str = "aws4_request"

    def __str__(self) -> str:
        return f"{self.date}/{self.region}/{self.service}/{self.terminator}"

    @classmethod
    def of(cls, credential: str) -> "CredentialScope | None":
        """Read a scope; `None` if it is none."""
        match = _SCOPE.fullmatch(credential)
        return cls(*match.groups()) if match else None


@dataclass(frozen=True)
class Request:
    """A request as it was sent.

    Attributes:
        target: The raw path and query.
        headers: Names and values in the order sent.
        body: The body, the framing of `Transfer-Encoding: chunked` removed, aws-chunked kept.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @cached_property
    def header(self) -> Mapping[str, str]:
        """The headers by lower-case name; of repeated ones the last."""
        return {name.lower(): value for name, value in self.headers}

    @cached_property
    def query(self) -> Mapping[str, str]:
        """The query's parameters; of repeated ones the last."""
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))

    @cached_property
    def named(self) -> Mapping[str, str]:
        """The headers, and the parameters that a presigned URL has in place of headers."""
        return {name.lower(): value for name, value in self.query.items()} | dict(self.header)

    @property
    def is_aws_chunked(self) -> bool:
        """Whether the body is encoded as aws-chunked."""
        return self.header.get("x-amz-content-sha256", "").startswith("STREAMING-")

    @cached_property
    def chunked_body(self) -> ChunkedBody:
        """The body taken apart, if it is encoded as aws-chunked."""
        return decode(self.body)

    @cached_property
    def payload(self) -> bytes:
        """The body as S3 understands it."""
        return self.chunked_body.payload if self.is_aws_chunked else self.body

    @property
    def virtual_host(self) -> str:
        """The bucket that the host names, as in `bucket.localhost`; empty if none."""
        host = re.sub(r":\d*$", "", self.header.get("host", ""))
        return host.removesuffix(_LOCALHOST) if host.endswith(_LOCALHOST) else ""

    @cached_property
    def bucket(self) -> str:
        """The bucket that the path or the host names; empty if none."""
        return self.virtual_host or unquote(self._path.partition("/")[0])

    @cached_property
    def key(self) -> str:
        """The object key; empty if none."""
        return unquote(self._path if self.virtual_host else self._path.partition("/")[2])

    @cached_property
    def operation(self) -> str:
        """The S3 operation, such as `PutObject`, or the method where it is none of interest."""
        # S3's relatives, such as s3express, have the same requests, which are judged as S3's.
        if self.scope and not self.scope.service.startswith("s3"):
            return f"{self.scope.service}:{self.method}"
        if not self.bucket:
            return self.method
        name = operation_called(self.method, self.query.keys(), has_key=bool(self.key))
        is_copy = name == "PutObject" and "x-amz-copy-source" in self.header
        return "CopyObject" if is_copy else name

    @cached_property
    def scope(self) -> CredentialScope | None:
        """The credential scope of the signature, from the header or a presigned URL."""
        signed = _IN_HEADER.search(self.header.get("authorization", ""))
        credential = signed[1] if signed else self.query.get("X-Amz-Credential", "")
        return CredentialScope.of(credential)

    @property
    def is_for_s3(self) -> bool:
        """Whether it is S3's: other services, such as STS, are asked on the same address."""
        if self.scope is None:
            return bool(self.bucket)
        # What is put under a key is meant for S3, whatever it is signed for.
        is_put = self.method == "PUT" and bool(self.key)
        return is_put or self.scope.service.startswith("s3")

    @property
    def _path(self) -> str:
        return self.target.partition("?")[0].removeprefix("/")
