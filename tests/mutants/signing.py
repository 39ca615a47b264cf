"""Requests that S3 refuses: their signature, digests, length, and headers (interpretation 14)."""

import http.client
import socket
from base64 import b64encode
from datetime import datetime, timedelta
from hashlib import sha1, sha256
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import botocore.session
from botocore import UNSIGNED
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from .mutant import Change, Mutant, each, on_event, sending


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def on_request(change: Change) -> Change:
    """An upload changed once it is signed."""
    return on_event("before-send", lambda found, request, **_: change(found, request))


def sign(
    configuration: Any,
    request: Any,
    signer: type[SigV4Auth] = S3SigV4Auth,
    credentials: Change = lambda found: found,
) -> None:
    """Sign a request anew, by another signer or with other credentials."""
    session = botocore.session.Session(profile=configuration.profile)
    found: Any = session.get_credentials()
    headers = {name: _text(value) for name, value in request.headers.items()}
    for name in ("X-Amz-Security-Token", "Authorization"):
        headers.pop(name, None)
    anew = AWSRequest(request.method, request.url, headers, request.body)
    used = credentials(found.get_frozen_credentials())
    signer(used, "s3", configuration.region).add_auth(anew)
    request.headers = anew.prepare().headers


def signed_by(signer: type[SigV4Auth]) -> Change:
    return on_request(lambda found, request: sign(found, request, signer))


def signed_with(credentials: Change) -> Change:
    return on_request(lambda found, request: sign(found, request, credentials=credentials))


def line_break_in_key(found: Any) -> Credentials:
    return Credentials(found.access_key, f"{found.secret_key}\n", found.token)


def without_token(found: Any) -> Credentials:
    return Credentials(found.access_key, found.secret_key)


class UsualPath(S3SigV4Auth):
    """Encodes the path once more before it is signed, as for every service but S3."""

    _normalize_url_path = SigV4Auth._normalize_url_path  # type: ignore[attr-defined] # noqa: SLF001


class ClockBehind(S3SigV4Auth):
    """Has a clock that is an hour behind."""

    def _modify_request_before_signing(self, request: Any) -> None:
        form = "%Y%m%dT%H%M%SZ"
        now = datetime.strptime(request.context["timestamp"], form)  # noqa: DTZ007
        request.context["timestamp"] = (now - timedelta(hours=1)).strftime(form)
        super()._modify_request_before_signing(request)  # type: ignore[misc] # not in the types


class WithoutHost(S3SigV4Auth):
    """Leaves the host out of the signed headers; S3 answers AccessDenied."""

    def headers_to_sign(self, request: Any) -> Any:
        headers = super().headers_to_sign(request)
        del headers["host"]
        return headers


class OtherDigest(S3SigV4Auth):
    """Signs the SHA-256 of something else."""

    def payload(self, request: Any) -> str:
        return sha256(b"something else").hexdigest()


class UnsignedTrailer(S3SigV4Auth):
    """Leaves the payload and a checksum after it out of the signature."""

    def payload(self, request: Any) -> str:
        return "STREAMING-UNSIGNED-PAYLOAD-TRAILER"


def trailer_not_announced(configuration: Any, request: Any) -> None:
    """Send a checksum after the body without a word of it ahead."""
    content = request.body.read()
    checksum = b64encode(crc32(content).to_bytes(4, "big"))
    trailer = b"x-amz-checksum-crc32:" + checksum
    request.body = b"%x\r\n%b\r\n0\r\n%b\r\n\r\n" % (len(content), content, trailer)
    for name in ("x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm", "Content-Length"):
        del request.headers[name]
    request.headers["Content-Length"] = str(len(request.body))
    request.headers["Content-Encoding"] = "aws-chunked"
    request.headers["x-amz-decoded-content-length"] = str(len(content))
    sign(configuration, request, UnsignedTrailer)


def token_lost_on_retries(right: Any, configuration: Any) -> Any:
    tried: list[None] = []

    def change(found: Any, request: Any) -> None:
        if tried:
            sign(found, request, credentials=without_token)
        tried.append(None)

    return on_request(change)(right, configuration)


def sign_with_noughts(_configuration: Any, request: Any) -> None:
    begin = _text(request.headers.pop("Authorization")).partition("Signature=")[0]
    request.headers["Authorization"] = f"{begin}Signature={64 * '0'}"


def hide_length(_configuration: Any, request: Any) -> None:
    del request.headers["Content-Length"]
    request.headers["Transfer-Encoding"] = "chunked"


def send_length_twice(_configuration: Any, request: Any) -> None:
    request.headers["Transfer-Encoding"] = "chunked"


def cut_body_short(_configuration: Any, request: Any) -> None:
    """Announce the whole body, and send half of it: the copy is not what was sent."""
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


def name_another_service(_configuration: Any, request: Any, **_: Any) -> None:
    request.context.setdefault("signing", {})["signing_name"] = "s3-outposts"


def unsigned(self: Any, _right: Any, arguments: Any) -> Any:
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    session: Any = botocore.session.Session()
    region = self.configuration.region
    return session.create_client("s3", region_name=region, config=config).put_object(**arguments)


def sha1_of_body(arguments: Any) -> str:
    return b64encode(sha1(arguments["Body"], usedforsecurity=False).digest()).decode()


MUTANTS = (
    # The signature.
    Mutant("Unsigned", "ARC-01", put=unsigned),
    *each(
        "ARC-01",
        "s3_client",
        SignatureOfNoughts=on_request(sign_with_noughts),
        SignedForAnotherService=on_event("before-sign", name_another_service),
        AnotherKey=signed_with(line_break_in_key),
        PathEncodedTwice=signed_by(UsualPath),
        ClockBehind=signed_by(ClockBehind),
        HostNotSigned=signed_by(WithoutHost),
        SessionTokenLeftOut=signed_with(without_token),
        SessionTokenLostOnRetries=token_lost_on_retries,
    ),
    # Digests.
    Mutant("DigestOfSomethingElse", "ARC-01", s3_client=signed_by(OtherDigest)),
    Mutant("Md5OfSomethingElse", "ARC-01", put=sending(ContentMD5="XrY7u+Ae7tCTyyK7j1rNww==")),
    Mutant("ChecksumOfSomethingElse", "ARC-01", put=sending(ChecksumCRC32C="yZRlqg==")),
    Mutant(
        "AnotherChecksum",
        "ARC-01",
        put=sending(ChecksumAlgorithm="CRC32", ChecksumSHA1=sha1_of_body),
    ),
    Mutant("TrailerNotAnnounced", "ARC-01", s3_client=on_request(trailer_not_announced)),
    # The length.
    Mutant("LengthUnknown", "ARC-01", s3_client=on_request(hide_length)),
    Mutant("LengthToldTwice", "ARC-01", s3_client=on_request(send_length_twice)),
    Mutant("BodyCutShort", "ARC-01", s3_client=on_request(cut_body_short)),
    # What S3 knows of how an object is stored.
    *each(
        "ARC-01",
        "put",
        StorageClassUnknown=sending(StorageClass="COLD"),
        EncryptionInLowerCase=sending(ServerSideEncryption="aes256"),
        TagTwice=sending(Tagging="tool=ash&team=a&tool=ash"),
        ConditionOnAnETag=sending(IfNoneMatch='"0cc175b9c0f1b6a831c399e269772661"'),
    ),
)
