"""One request of a reporter and its response, in terms of S3."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

_SCOPE = re.compile(
    r"(?P<access_key_id>[^/]+)/(?P<date>\d{8})/(?P<region>[^/]*)/(?P<service>[^/]+)/aws4_request"
)
_IN_HEADER = re.compile(r"^AWS4-HMAC-SHA256\s.*?Credential=([^,\s]+)")

# What tells S3's operations on an object apart, by method and the query's parameters (Amazon S3
# API Reference); `x-id` and the like only decorate.
_MULTIPART = {
    ("POST", frozenset({"uploads"})): "CreateMultipartUpload",
    ("PUT", frozenset({"uploadId", "partNumber"})): "UploadPart",
    ("POST", frozenset({"uploadId"})): "CompleteMultipartUpload",
    ("DELETE", frozenset({"uploadId"})): "AbortMultipartUpload",
}
_PLAIN = {"PUT": "PutObject", "GET": "GetObject", "HEAD": "HeadObject", "DELETE": "DeleteObject"}
_BUCKET = {"PUT": "CreateBucket", "GET": "ListObjects", "HEAD": "HeadBucket"}
_SUBRESOURCES = frozenset(
    {"acl", "legal-hold", "retention", "tagging", "torrent", "uploads", "uploadId", "partNumber"}
)

UPLOADS = frozenset({"PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"})
"""The operations that write an object."""


@dataclass(frozen=True)
class CredentialScope:
    """What a request's signature was made for (AWS Signature Version 4)."""

    access_key_id: str
    region: str
    service: str


@dataclass(frozen=True)
class Exchange:
    """A recorded request and its response.

    Attributes:
        time: When the request's head arrived, in seconds since the call began.
        method: The HTTP method.
        target: The raw path and query, as sent.
        headers: Names and values in the order sent.
        body: What was sent, the framing of `Transfer-Encoding: chunked` removed, aws-chunked kept.
        status: The status answered, or `None` where the connection was dropped.
        fault: The fault that was played, in words, or `None`.
        files: The SHA-256 of each file that lay under the output folder when a PutObject arrived.
    """

    time: float
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    status: int | None
    fault: str | None
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def header(self) -> Mapping[str, str]:
        """The headers by lower-case name; of repeated ones the last."""
        return {name.lower(): value for name, value in self.headers}

    @property
    def payload(self) -> bytes:
        """The body as S3 understands it: with aws-chunked taken apart."""
        if not self.header.get("x-amz-content-sha256", "").startswith("STREAMING-"):
            return self.body
        payload, rest = b"", self.body
        while size := int(rest.partition(b"\r\n")[0].partition(b";")[0] or b"0", 16):
            rest = rest.partition(b"\r\n")[2]
            payload, rest = payload + rest[:size], rest[size + 2 :]
        return payload

    @property
    def digest(self) -> str:
        """The SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def payload_digest(self) -> str:
        """The SHA-256 of the payload, in hexadecimal."""
        return hashlib.sha256(self.payload).hexdigest()

    @property
    def bucket(self) -> str:
        """The bucket that a path-style request names; empty if none."""
        return unquote(self._path.split("/", 1)[0])

    @property
    def key(self) -> str:
        """The object key that a path-style request names; empty if none."""
        return unquote(self._path.partition("/")[2])

    @property
    def operation(self) -> str:
        """The S3 operation, such as `PutObject`, or the method where it is none of interest."""
        parameters = frozenset(self._query) & _SUBRESOURCES
        # S3's relatives, such as s3express, have the same requests, which are judged as S3's.
        if self.scope and not self.scope.service.startswith("s3"):
            return f"{self.scope.service}:{self.method}"
        if not self.key:
            plain = not parameters and self.bucket
            return _BUCKET.get(self.method, self.method) if plain else self.method
        if parameters:
            return _MULTIPART.get((self.method, parameters), self.method)
        if "x-amz-copy-source" in self.header:
            return "CopyObject"
        return _PLAIN.get(self.method, self.method)

    @property
    def is_attempt(self) -> bool:
        """Whether it is an attempt to upload: a PutObject request (interpretation 1)."""
        return self.operation == "PutObject"

    @property
    def scope(self) -> CredentialScope | None:
        """The credential scope of the signature, from the header or a presigned URL."""
        signed = _IN_HEADER.search(self.header.get("authorization", ""))
        credential = signed.group(1) if signed else self._query.get("X-Amz-Credential", "")
        match = _SCOPE.fullmatch(credential)
        return CredentialScope(match[1], match[3], match[4]) if match else None

    @property
    def succeeded(self) -> bool:
        """Whether S3 answered 2xx."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004

    @property
    def _path(self) -> str:
        return self.target.partition("?")[0].removeprefix("/")

    @property
    def _query(self) -> Mapping[str, str]:
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))
