"""One request of a reporter and its response, in terms of S3."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, unquote

from .aws_chunked import PREFIX, decode
from .refusal import Refusal

_SCOPE = re.compile(
    r"(?P<access_key_id>[^/]+)/(?P<date>\d{8})/(?P<region>[^/]*)/(?P<service>[^/]+)/aws4_request"
)
_IN_HEADER = re.compile(r"^AWS4-HMAC-SHA256\s.*?Credential=([^,\s]+)")

# What tells S3's operations on an object apart, by method and the query's parameters (Amazon S3
# API Reference); `x-id` and the like only decorate.
_SPECIAL = {
    ("POST", frozenset({"delete"})): "DeleteObjects",
    ("POST", frozenset({"uploads"})): "CreateMultipartUpload",
    ("PUT", frozenset({"uploadId", "partNumber"})): "UploadPart",
    ("POST", frozenset({"uploadId"})): "CompleteMultipartUpload",
    ("DELETE", frozenset({"uploadId"})): "AbortMultipartUpload",
}
_OBJECT = {"PUT": "PutObject", "GET": "GetObject", "HEAD": "HeadObject", "DELETE": "DeleteObject"}
_BUCKET = {
    "PUT": "CreateBucket",
    "GET": "ListObjects",
    "HEAD": "HeadBucket",
    "DELETE": "DeleteBucket",
}
# What is not the bucket or the object itself, by the parameter that names it, and how S3's
# operations call it.
_SUBRESOURCES = {
    "accelerate": "AccelerateConfiguration",
    "acl": "Acl",
    "analytics": "AnalyticsConfiguration",
    "attributes": "Attributes",
    "cors": "Cors",
    "delete": "",
    "encryption": "Encryption",
    "intelligent-tiering": "IntelligentTieringConfiguration",
    "inventory": "InventoryConfiguration",
    "legal-hold": "LegalHold",
    "lifecycle": "LifecycleConfiguration",
    "location": "Location",
    "logging": "Logging",
    "metrics": "MetricsConfiguration",
    "notification": "NotificationConfiguration",
    "object-lock": "LockConfiguration",
    "ownershipControls": "OwnershipControls",
    "partNumber": "Part",
    "policy": "Policy",
    "policyStatus": "PolicyStatus",
    "publicAccessBlock": "PublicAccessBlock",
    "replication": "Replication",
    "requestPayment": "RequestPayment",
    "restore": "Restore",
    "retention": "Retention",
    "select": "Select",
    "tagging": "Tagging",
    "torrent": "Torrent",
    "uploadId": "Upload",
    "uploads": "Uploads",
    "versioning": "Versioning",
    "versions": "Versions",
    "website": "Website",
}
_LOCALHOST = ".localhost"

UPLOADS = frozenset({"PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"})
"""The operations that write an object."""

STORING = frozenset({"PutObject", "CompleteMultipartUpload"})
"""The operations after which the object is there."""


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
        refusal: Why the wire refused it, as S3 would have, or `None`.
        error: The body of an error that S3 itself answered; empty if it answered none.
    """

    time: float
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    status: int | None
    fault: str | None
    files: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    error: bytes = b""

    @cached_property
    def header(self) -> Mapping[str, str]:
        """The headers by lower-case name; of repeated ones the last."""
        return {name.lower(): value for name, value in self.headers}

    @cached_property
    def payload(self) -> bytes:
        """The body as S3 understands it: with aws-chunked taken apart."""
        return decode(self.body).payload if self.is_chunked else self.body

    @property
    def is_chunked(self) -> bool:
        """Whether the body is encoded as aws-chunked."""
        return self.header.get("x-amz-content-sha256", "").startswith(PREFIX)

    @property
    def digest(self) -> str:
        """The SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def payload_digest(self) -> str:
        """The SHA-256 of the payload, in hexadecimal."""
        return hashlib.sha256(self.payload).hexdigest()

    @property
    def virtual_host(self) -> str:
        """The bucket that the host names, as in `bucket.localhost`; empty if none."""
        host = self.header.get("host", "").rpartition(":")[0] or self.header.get("host", "")
        return host.removesuffix(_LOCALHOST) if host.endswith(_LOCALHOST) else ""

    @cached_property
    def bucket(self) -> str:
        """The bucket that a request names, in its path or as its host; empty if none."""
        return self.virtual_host or unquote(self._path.split("/", 1)[0])

    @cached_property
    def key(self) -> str:
        """The object key that a request names; empty if none."""
        return unquote(self._path if self.virtual_host else self._path.partition("/")[2])

    @cached_property
    def operation(self) -> str:
        """The S3 operation, such as `PutObject`, or the method where it is none of interest."""
        # S3's relatives, such as s3express, have the same requests, which are judged as S3's.
        if self.scope and not self.scope.service.startswith("s3"):
            return f"{self.scope.service}:{self.method}"
        if not self.bucket:
            return self.method
        parameters = frozenset(self.query.keys() & _SUBRESOURCES.keys())
        names = _OBJECT if self.key else _BUCKET
        if name := _SPECIAL.get((self.method, parameters)):
            return name
        if parameters:
            about = "".join(_SUBRESOURCES[name] for name in sorted(parameters))
            what = "Object" if self.key else "Bucket"
            return f"{self.method.capitalize()}{what}{about}"
        if self.key and "x-amz-copy-source" in self.header:
            return "CopyObject"
        return names.get(self.method, self.method)

    @property
    def is_for_s3(self) -> bool:
        """Whether it is S3's: other services, such as STS, are asked on the same address."""
        if self.scope is None:
            return bool(self.bucket)
        # What is put under a key is meant for S3, whatever it is signed for.
        is_put = self.method == "PUT" and bool(self.key)
        return is_put or self.scope.service.startswith("s3")

    @property
    def is_attempt(self) -> bool:
        """Whether it is an attempt to upload: a PutObject request (interpretation 1)."""
        return self.operation == "PutObject"

    @cached_property
    def scope(self) -> CredentialScope | None:
        """The credential scope of the signature, from the header or a presigned URL."""
        signed = _IN_HEADER.search(self.header.get("authorization", ""))
        credential = signed.group(1) if signed else self.query.get("X-Amz-Credential", "")
        match = _SCOPE.fullmatch(credential)
        return CredentialScope(match[1], match[3], match[4]) if match else None

    @property
    def succeeded(self) -> bool:
        """Whether S3 answered 2xx."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004

    @cached_property
    def query(self) -> Mapping[str, str]:
        """The query's parameters; of repeated ones the last."""
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))

    @property
    def _path(self) -> str:
        return self.target.partition("?")[0].removeprefix("/")
