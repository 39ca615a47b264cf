"""Other ways to sign, and to speak HTTP: what S3 takes beside what boto3 does by itself."""

import base64
import hashlib
import http.client
import os
import re
import zlib
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import boto3
import botocore.session
import requests
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import ClientError
from signed import declaring, framed

from .plain import Plain


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
        signer = declaring(self.payload) if self.payload else S3SigV4Auth
        signer(self.credentials(), "s3", str(self.region)).add_auth(request)
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


class DateHeader(HandMade):
    """Says when it signed in the header Date, in place of x-amz-date."""

    def signed(self, url: str, headers: Mapping[str, str], content: bytes) -> Any:
        # The signer replaces it with the time at which it signs.
        return super().signed(url, {**headers, "Date": "now"}, content)


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

    def put(self, key: str, content: bytes) -> None:
        trailer = self.trailer(content)
        headers = {
            "Content-Type": f"application/{self.format}",
            "Content-Encoding": "aws-chunked",
            "x-amz-decoded-content-length": str(len(content)),
            **({"x-amz-trailer": trailer.partition(":")[0]} if trailer else {}),
        }
        signed = dict(self.signed(self.object_url(key), headers, b"").headers)
        given = {name.lower(): value for name, value in signed.items()}
        body = framed(content, given, self.credentials().secret_key, trailer)
        self.send(self.object_url(key), signed, body)

    def trailer(self, _content: bytes) -> str:
        return ""


class SignedTrailer(SignedChunks):
    """Signs the body piece by piece, and a checksum after it."""

    payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"

    def trailer(self, content: bytes) -> str:
        digest = hashlib.sha256(content).digest()
        return f"x-amz-checksum-sha256:{base64.b64encode(digest).decode()}"


class UnsignedTrailer(SignedChunks):
    """Sends a checksum after the body, and signs neither of them."""

    payload = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"

    def trailer(self, content: bytes) -> str:
        digest = zlib.crc32(content).to_bytes(4, "big")
        return f"x-amz-checksum-crc32:{base64.b64encode(digest).decode()}"


class PresignedUrl(HandMade):
    """Puts to a presigned URL."""

    def put(self, key: str, content: bytes) -> None:
        session = boto3.Session(profile_name=self.profile, region_name=self.region)
        client = session.client("s3", config=Config(signature_version="s3v4"))
        content_type = f"application/{self.format}"
        target = {"Bucket": self.bucket, "Key": key, "ContentType": content_type}
        url = client.generate_presigned_url("put_object", Params=target)
        self.send(url, {"Content-Type": content_type}, content)
