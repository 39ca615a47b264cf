"""Other ways to sign, and to speak HTTP: what S3 takes beside what boto3 does by itself."""

import base64
import hashlib
import hmac
import http.client
import os
import re
import zlib
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import boto3
import botocore.session
import requests
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import ClientError

from .plain import Plain

_CHUNK = 8192
_EMPTY = hashlib.sha256(b"").hexdigest()


class HandMade(Plain):
    """Signs by itself and speaks HTTP by itself."""

    payload: ClassVar[str | None] = None

    def put(self, key: str, content: bytes) -> None:
        headers = {"Content-Type": f"application/{self.format}"}
        signed = self.signed(self.object_url(key), headers, content)
        self.send(self.object_url(key), dict(signed.headers), content)

    def object_url(self, key: str) -> str:
        return f"{os.environ['AWS_ENDPOINT_URL']}/{self.bucket}/{quote(key, safe='/~')}"

    def credentials(self) -> Any:
        credentials = botocore.session.Session(profile=self.profile).get_credentials()
        if credentials is None:
            raise RuntimeError("no credentials")
        return credentials.get_frozen_credentials()

    def signed(self, url: str, headers: Mapping[str, str], content: bytes) -> Any:
        request: Any = AWSRequest("PUT", url, dict(headers), content)
        signer = _Signer(self.credentials(), "s3", str(self.region))
        signer.declared = self.payload
        signer.add_auth(request)
        return request

    def send(self, url: str, headers: Mapping[str, str], content: bytes) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(url).port)
        connection.request("PUT", self.target(url), content, dict(headers))
        answer = connection.getresponse()
        self.expect_success(answer.status, answer.read().decode())

    def target(self, url: str) -> str:
        return url.partition(urlsplit(url).netloc)[2]

    def expect_success(self, status: int, body: str) -> None:
        if status >= 300:
            code = re.search("<Code>(.*?)</Code>", body)
            name = code[1] if code else str(status)
            raise ClientError({"Error": {"Code": name, "Message": body}}, "PutObject")


class _Signer(S3SigV4Auth):
    """The usual signer, which can say something else of the payload than its digest."""

    declared: str | None = None

    def payload(self, request: Any) -> str:
        usual: str = super().payload(request)
        return self.declared or usual


class UnsignedPayload(HandMade):
    """Leaves the payload out of the signature."""

    payload = "UNSIGNED-PAYLOAD"


class DateHeader(HandMade):
    """Says when it signed in the header Date, in place of x-amz-date."""

    def signed(self, url: str, headers: Mapping[str, str], content: bytes) -> Any:
        credentials = self.credentials()
        now = datetime.now(timezone.utc)
        given = {
            **headers,
            "Date": format_datetime(now, usegmt=True),
            "X-Amz-Content-SHA256": hashlib.sha256(content).hexdigest(),
        }
        if credentials.token:
            given["X-Amz-Security-Token"] = credentials.token
        request: Any = AWSRequest("PUT", url, given, content)
        request.context["timestamp"] = now.strftime("%Y%m%dT%H%M%SZ")
        signer = S3SigV4Auth(credentials, "s3", str(self.region))
        text = signer.string_to_sign(request, signer.canonical_request(request))
        names = signer.signed_headers(signer.headers_to_sign(request))
        request.headers["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, SignedHeaders={names}, "
            f"Signature={signer.signature(text, request)}"
        )
        return request


class VirtualHosted(HandMade):
    """Names the bucket in the host."""

    def object_url(self, key: str) -> str:
        port = urlsplit(os.environ["AWS_ENDPOINT_URL"]).port
        return f"http://{self.bucket}.localhost:{port}/{quote(key, safe='/~')}"

    def send(self, url: str, headers: Mapping[str, str], content: bytes) -> None:
        super().send(url, {"Host": urlsplit(url).netloc, **headers}, content)


class OtherOrder(HandMade):
    """Writes the parts of the Authorization header in another order, without spaces between."""

    def signed(self, url: str, headers: Mapping[str, str], content: bytes) -> Any:
        request = super().signed(url, headers, content)
        usual = request.headers["Authorization"].removeprefix("AWS4-HMAC-SHA256 ")
        parts = sorted(usual.split(", "), reverse=True)
        del request.headers["Authorization"]
        request.headers["Authorization"] = f"AWS4-HMAC-SHA256 {','.join(parts)}"
        return request


class AbsoluteForm(HandMade):
    """Names the host in the first line of a request, as to a proxy."""

    def target(self, url: str) -> str:
        return url


class WithRequests(HandMade):
    """Signs by itself, and leaves HTTP to the library requests."""

    def send(self, url: str, headers: Mapping[str, str], content: bytes) -> None:
        with requests.Session() as session:
            prepared = requests.Request("PUT", url, dict(headers), data=content).prepare()
            # The library resolves "./" and "../", which are parts of a key.
            prepared.url = url
            answer = session.send(prepared, timeout=30, proxies={})
        self.expect_success(answer.status_code, answer.text)


class SignedChunks(HandMade):
    """Signs the body piece by piece."""

    payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    trailer: ClassVar[str] = ""

    def put(self, key: str, content: bytes) -> None:
        url = self.object_url(key)
        headers = {
            "Content-Type": f"application/{self.format}",
            "Content-Encoding": "aws-chunked",
            "x-amz-decoded-content-length": str(len(content)),
            **({"x-amz-trailer": self.trailer} if self.trailer else {}),
        }
        signed = self.signed(url, headers, b"")
        self.send(url, dict(signed.headers), self.framed(signed, content))

    def framed(self, signed: Any, content: bytes) -> bytes:
        chain = _Chain(signed, self.credentials())
        body = b""
        for start in [*range(0, len(content), _CHUNK), len(content)]:
            chunk = content[start : start + _CHUNK]
            signature = chain.sign("PAYLOAD", _EMPTY, hashlib.sha256(chunk).hexdigest())
            body += f"{len(chunk):x};chunk-signature={signature}\r\n".encode() + chunk
            body += b"\r\n" if chunk else b""
        return body + self.ending(chain, content)

    def ending(self, _chain: "_Chain", _content: bytes) -> bytes:
        return b"\r\n"


class SignedTrailer(SignedChunks):
    """Signs the body piece by piece, and a checksum after it."""

    payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
    trailer = "x-amz-checksum-sha256"

    def ending(self, chain: "_Chain", content: bytes) -> bytes:
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        field = f"{self.trailer}:{digest}"
        signature = chain.sign("TRAILER", hashlib.sha256(f"{field}\n".encode()).hexdigest())
        return f"{field}\r\nx-amz-trailer-signature:{signature}\r\n\r\n".encode()


class UnsignedTrailer(SignedChunks):
    """Sends a checksum after the body, and signs neither of them."""

    payload = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    trailer = "x-amz-checksum-crc32"

    def framed(self, _signed: Any, content: bytes) -> bytes:
        digest = base64.b64encode(zlib.crc32(content).to_bytes(4, "big"))
        field = f"{self.trailer}:".encode() + digest + b"\r\n" if self.trailer else b""
        return b"%x\r\n%b\r\n0\r\n%b\r\n" % (len(content), content, field)


class NoTrailer(UnsignedTrailer):
    """Frames the body for a checksum that never comes, and signs neither."""

    trailer = ""


class _Chain:
    """Signatures of which each follows from the one before."""

    def __init__(self, signed: Any, credentials: Any) -> None:
        self.signature = signed.headers["Authorization"].rpartition("Signature=")[2]
        self.date = signed.headers["X-Amz-Date"]
        credential = re.search("Credential=[^/]*/([^,]*)", signed.headers["Authorization"])
        self.scope = credential[1] if credential else ""
        self.key = f"AWS4{credentials.secret_key}".encode()
        for part in self.scope.split("/"):
            self.key = hmac.digest(self.key, part.encode(), "sha256")

    def sign(self, what: str, *parts: str) -> str:
        text = "\n".join(
            (f"AWS4-HMAC-SHA256-{what}", self.date, self.scope, self.signature, *parts)
        )
        signature: str = hmac.new(self.key, text.encode(), "sha256").hexdigest()
        self.signature = signature
        return signature


class PresignedUrl(HandMade):
    """Puts to a presigned URL."""

    def put(self, key: str, content: bytes) -> None:
        session = boto3.Session(profile_name=self.profile, region_name=self.region)
        client = session.client("s3", config=Config(signature_version="s3v4"))
        content_type = f"application/{self.format}"
        target = {"Bucket": self.bucket, "Key": key, "ContentType": content_type}
        url = client.generate_presigned_url("put_object", Params=target)
        self.send(url, {"Content-Type": content_type}, content)


class ContentMd5(Plain):
    """Sends a Content-MD5, and no checksum but where one is required."""

    sdk_config = Config(
        retries={"total_max_attempts": 1}, request_checksum_calculation="when_required"
    )

    def put(self, key: str, content: bytes) -> None:
        digest = hashlib.md5(content, usedforsecurity=False).digest()
        self.more = {"ContentMD5": base64.b64encode(digest).decode()}
        super().put(key, content)
