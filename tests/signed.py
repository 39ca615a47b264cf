"""Requests as a client signs them, to be spoilt by tests."""

import base64
import hashlib
import hmac
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any
from unittest.mock import Mock, patch
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.s3.refusal import Refusal
from s3_reporter_conformance.s3.verification import refusal_of
from s3_reporter_conformance.wire import recording
from s3_reporter_conformance.wire.exchange import Exchange

NOW = datetime.now(timezone.utc)
"""When everything is signed and judged: much is signed long before its test runs."""
STOPPED_CLOCK = patch.object(recording, "datetime", Mock(now=Mock(return_value=NOW)))
PERMANENT = Credentials("AKIAPERMANENT", "permanent-secret")
TEMPORARY = Credentials("ASIATEMPORARY", "temporary-secret", "token+/=")
EXPIRED = Credentials("ASIAEXPIRED", "expired-secret", "old-token", expired=True)
KNOWN = (PERMANENT, TEMPORARY, EXPIRED)
CONTENT = "Überprüfung".encode()
SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
SIGNED_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
LARGE = bytes(range(256)) * 100
TRAILER = f"x-amz-checksum-crc32:{base64.b64encode(zlib.crc32(LARGE).to_bytes(4, 'big')).decode()}"
PATH = "/reports/my%20scans/a%2Bb%3D1/%C3%A9.json"


def signed(  # noqa: PLR0913 -- what can differ
    path: str = PATH,
    *,
    method: str = "PUT",
    content: bytes = CONTENT,
    headers: Mapping[str, str] | None = None,
    credentials: Credentials = PERMANENT,
    signer: type[S3SigV4Auth] = S3SigV4Auth,
    service: str = "s3",
    token: str | None = None,
) -> Exchange:
    """Sign a request as botocore does, and send it as it is."""
    given = {"Host": "127.0.0.1:4566", **(headers or {})}
    request: Any = AWSRequest(method, f"http://127.0.0.1:4566{path}", given, content)
    token = credentials.session_token if token is None else token
    key = BotocoreCredentials(
        credentials.access_key_id, credentials.secret_access_key, token or None
    )
    # The name is one of newer versions of botocore; in others, its clock goes on.
    with patch("botocore.auth.get_current_datetime", return_value=NOW, create=True):
        signer(key, service, "eu-west-1").add_auth(request)
    parts = urlsplit(request.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    length = ("Content-Length", str(len(content)))
    return Exchange(method, target, (*request.headers.items(), length), content)


def presigned(path: str = PATH, **changes: Any) -> Exchange:
    request = signed(
        path,
        content=b"",
        signer=S3SigV4QueryAuth,  # type: ignore[arg-type] # the types know no common base
        **changes,
    )
    return with_headers(replace(request, body=CONTENT), content_length=str(len(CONTENT)))


def declaring(digest: str) -> type[S3SigV4Auth]:
    """A signer that says something else of the payload than its digest."""
    return type("Declaring", (S3SigV4Auth,), {"payload": lambda *_: digest})


def with_headers(request: Exchange, **changes: str | None) -> Exchange:
    """Change headers after the request was signed; `None` takes one away."""
    names = {name.replace("_", "-").lower(): value for name, value in changes.items()}
    kept = [(name, value) for name, value in request.headers if name.lower() not in names]
    added = [(name, value) for name, value in names.items() if value is not None]
    return replace(request, headers=(*kept, *added))


def refusal(request: Exchange, now: datetime = NOW) -> Refusal | None:
    return refusal_of(request, KNOWN, now)


def chunked(content: bytes, kind: str, trailer: str = "", size: int = 8192) -> Exchange:
    """Sign a body piece by piece."""
    headers = {
        "Content-Encoding": "aws-chunked",
        "x-amz-decoded-content-length": str(len(content)),
        **({"x-amz-trailer": trailer.partition(":")[0]} if trailer else {}),
    }
    head = signed(content=b"", headers=headers, signer=declaring(kind))
    body = framed(content, head.header, PERMANENT.secret_access_key, trailer, size)
    return with_headers(replace(head, body=body), content_length=str(len(body)))


def framed(
    content: bytes, headers: Mapping[str, str], secret: str, trailer: str = "", size: int = 8192
) -> bytes:
    """A body in pieces, as the AWS document on it says, and as its signed headers announce it."""
    kind, authorization = headers["x-amz-content-sha256"], headers["authorization"]
    scope = authorization.partition("Credential=")[2].partition(",")[0].partition("/")[2]
    before = authorization.rpartition("Signature=")[2]
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")

    def sign(what: str, *signed: bytes) -> str:
        head = (f"AWS4-HMAC-SHA256-{what}", headers["x-amz-date"], scope, before)
        text = "\n".join((*head, *(hashlib.sha256(each).hexdigest() for each in signed)))
        return hmac.new(key, text.encode(), "sha256").hexdigest()

    body = b""
    for start in [*range(0, len(content), size), len(content)]:
        chunk = content[start : start + size]
        body += f"{len(chunk):x}".encode()
        if "AWS4" in kind:
            before = sign("PAYLOAD", b"", chunk)
            body += f";chunk-signature={before}".encode()
        body += b"\r\n" + chunk + (b"\r\n" if chunk else b"")
    if trailer:
        body += f"{trailer}\r\n".encode()
    if kind == SIGNED_TRAILER:
        signature = sign("TRAILER", f"{trailer}\n".encode())
        body += f"x-amz-trailer-signature:{signature}\r\n".encode()
    return body + b"\r\n"


def replaced(request: Exchange, old: bytes, new: bytes) -> Exchange:
    assert old in request.body
    return replace(request, body=request.body.replace(old, new))
