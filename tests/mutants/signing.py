"""What S3 verifies of a request, got wrong (interpretation 14)."""

import http.client
import socket
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha1, sha256
from typing import Any, ClassVar
from urllib.parse import urlsplit
from zlib import crc32

import botocore.session
from botocore import UNSIGNED
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client

from .catalogue import mutant
from .over_reference import ChangedPut

Put = Callable[..., Any]

# What passes although S3 refuses every upload, and for what.


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


class ChangedRequest(S3Reporter):
    """The reference, whose uploads are changed once they are signed."""

    @cached_property
    def _client(self) -> Any:
        client: Any = s3_client(self.configuration)
        client.meta.events.register("before-send.s3.PutObject", self.change)
        return client

    def change(self, request: Any, **_: Any) -> None:
        raise NotImplementedError


class SignedAnew(ChangedRequest):
    """The reference, whose uploads are signed by another signer.

    Attributes:
        signer: The signer.
    """

    signer: ClassVar[type[SigV4Auth]] = S3SigV4Auth

    def change(self, request: Any, **_: Any) -> None:
        session = botocore.session.Session(profile=self.configuration.profile)
        found: Any = session.get_credentials()
        credentials = self.credentials(found.get_frozen_credentials())
        headers = {name: _text(value) for name, value in request.headers.items()}
        for name in ("X-Amz-Security-Token", "Authorization"):
            headers.pop(name, None)
        anew = AWSRequest(request.method, request.url, headers, request.body)
        self.signer(credentials, "s3", self.configuration.region).add_auth(anew)
        request.headers = anew.prepare().headers

    def credentials(self, found: Any) -> Credentials:
        return Credentials(found.access_key, found.secret_key, found.token)


@mutant(aim="ARC-01")
class SignatureOfNoughts(ChangedRequest):
    """Sends 64 noughts for a signature."""

    def change(self, request: Any, **_: Any) -> None:
        begin = _text(request.headers.pop("Authorization")).partition("Signature=")[0]
        request.headers["Authorization"] = f"{begin}Signature={64 * '0'}"


@mutant(aim="ARC-01")
class Unsigned(ChangedPut):
    """Uploads without a signature, as to a public bucket."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        unsigned = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
        session: Any = botocore.session.Session()
        region = self.configuration.region
        return session.create_client("s3", region_name=region, config=unsigned).put_object(
            **arguments
        )


@mutant(aim="ARC-01")
class AnotherKey(SignedAnew):
    """Signs with a secret key that has a line break at its end."""

    def credentials(self, found: Any) -> Credentials:
        return Credentials(found.access_key, f"{found.secret_key}\n", found.token)


@mutant(aim="ARC-01")
class PathEncodedTwice(SignedAnew):
    """Encodes the path once more before it is signed, as for every service but S3."""

    class signer(S3SigV4Auth):  # noqa: N801 -- it takes the place of an attribute
        """The usual signer, but for the path."""

        _normalize_url_path = SigV4Auth._normalize_url_path  # type: ignore[attr-defined] # noqa: SLF001


@mutant(aim="ARC-01")
class ClockBehind(SignedAnew):
    """Has a clock that is an hour behind."""

    class signer(S3SigV4Auth):  # noqa: N801 -- it takes the place of an attribute
        """The usual signer, but for the time."""

        def _modify_request_before_signing(self, request: Any) -> None:
            form = "%Y%m%dT%H%M%SZ"
            now = datetime.strptime(request.context["timestamp"], form)  # noqa: DTZ007
            request.context["timestamp"] = (now - timedelta(hours=1)).strftime(form)
            super()._modify_request_before_signing(request)  # type: ignore[misc] # not in the types


# S3 answers AccessDenied.
@mutant(aim="ARC-01")
class HostNotSigned(SignedAnew):
    """Leaves the host out of the signed headers."""

    class signer(S3SigV4Auth):  # noqa: N801 -- it takes the place of an attribute
        """The usual signer, but for the host."""

        def headers_to_sign(self, request: Any) -> Any:
            headers = super().headers_to_sign(request)
            del headers["host"]
            return headers


@mutant(aim="ARC-01")
class SessionTokenLeftOut(SignedAnew):
    """Never sends a session token."""

    def credentials(self, found: Any) -> Credentials:
        return Credentials(found.access_key, found.secret_key)


@mutant(aim="ARC-01")
class SessionTokenLostOnRetries(SessionTokenLeftOut):
    """Sends a session token with the first attempt only."""

    def change(self, request: Any, **event: Any) -> None:
        if "tried" in self.__dict__:
            super().change(request, **event)
        self.__dict__["tried"] = True


@mutant(aim="ARC-01")
class DigestOfSomethingElse(SignedAnew):
    """Sends the SHA-256 of something else, and signs it."""

    class signer(S3SigV4Auth):  # noqa: N801 -- it takes the place of an attribute
        """The usual signer, but for the digest."""

        def payload(self, request: Any) -> str:
            return sha256(b"something else").hexdigest()


@mutant(aim="ARC-01")
class Md5OfSomethingElse(ChangedPut):
    """Sends the MD5 of something else."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, ContentMD5="XrY7u+Ae7tCTyyK7j1rNww==")


@mutant(aim="ARC-01")
class ChecksumOfSomethingElse(ChangedPut):
    """Sends the CRC-32C of something else."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, ChecksumCRC32C="yZRlqg==")


@mutant(aim="ARC-01")
class AnotherChecksum(ChangedPut):
    """Names one algorithm for a checksum, and sends the checksum of another."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        digest = b64encode(sha1(arguments["Body"], usedforsecurity=False).digest()).decode()
        return put_object(**arguments, ChecksumAlgorithm="CRC32", ChecksumSHA1=digest)


@mutant(aim="ARC-01")
class TrailerNotAnnounced(SignedAnew):
    """Sends a checksum after the body without a word of it ahead."""

    class signer(S3SigV4Auth):  # noqa: N801 -- it takes the place of an attribute
        """The usual signer, but for the payload, which it leaves out."""

        def payload(self, request: Any) -> str:
            return "STREAMING-UNSIGNED-PAYLOAD-TRAILER"

    def change(self, request: Any, **event: Any) -> None:
        content = request.body.read()
        checksum = b64encode(crc32(content).to_bytes(4, "big"))
        trailer = b"x-amz-checksum-crc32:" + checksum
        request.body = b"%x\r\n%b\r\n0\r\n%b\r\n\r\n" % (len(content), content, trailer)
        for name in ("x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm", "Content-Length"):
            del request.headers[name]
        request.headers["Content-Length"] = str(len(request.body))
        request.headers["Content-Encoding"] = "aws-chunked"
        request.headers["x-amz-decoded-content-length"] = str(len(content))
        super().change(request, **event)


@mutant(aim="ARC-01")
class LengthUnknown(ChangedRequest):
    """Sends a stream whose length it does not know."""

    def change(self, request: Any, **_: Any) -> None:
        del request.headers["Content-Length"]
        request.headers["Transfer-Encoding"] = "chunked"


@mutant(aim="ARC-01")
class LengthToldTwice(ChangedRequest):
    """Sends the body in chunks, beside a Content-Length."""

    def change(self, request: Any, **_: Any) -> None:
        request.headers["Transfer-Encoding"] = "chunked"


# Its copy is not what it sent.
@mutant(aim="ARC-01")
class BodyCutShort(ChangedRequest):
    """Announces the whole body, and sends half of it."""

    def change(self, request: Any, **_: Any) -> None:
        url = urlsplit(request.url)
        connection = http.client.HTTPConnection(url.netloc)
        connection.putrequest(request.method, url.path)
        for name, value in request.headers.items():
            if name.lower() not in {"host", "expect"}:
                connection.putheader(name, value)
        content = request.body.read()
        connection.endheaders(content[: len(content) // 2])
        connection.sock.shutdown(socket.SHUT_WR)
        connection.getresponse().read()
        connection.close()
        raise OSError("hung up")
