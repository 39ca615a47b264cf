"""Requests that S3 refuses (interpretation 14); `s3/test_verification.py` has all reasons."""

import http.client
import socket
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_plus, unquote_plus, urlsplit

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
    *,
    has_token: bool = True,
    coded: Callable[[str], str] = str,
) -> None:
    """Sign a request anew, by another signer, without the session token, or with a wrong key."""
    session = botocore.session.Session(profile=configuration.profile)
    found: Any = session.get_credentials()
    headers = {name: _text(value) for name, value in request.headers.items()}
    for name in ("X-Amz-Security-Token", "Authorization"):
        headers.pop(name, None)
    anew = AWSRequest(request.method, request.url, headers, request.body)
    token = found.token if has_token else None
    used = Credentials(found.access_key, coded(found.secret_key), token)
    signer(used, "s3", configuration.region).add_auth(anew)
    request.headers = anew.prepare().headers


class UsualPath(S3SigV4Auth):
    """Encodes the path once more before it is signed, as for every service but S3."""

    _normalize_url_path = SigV4Auth._normalize_url_path  # type: ignore[attr-defined] # noqa: SLF001


class LocalDay(S3SigV4Auth):
    """Dates the scope of the signature with the day of the local time."""

    def scope(self, request: Any) -> Any:
        return super().scope(_today())

    def credential_scope(self, request: Any) -> Any:
        return super().credential_scope(_today())

    def signature(self, string_to_sign: Any, request: Any) -> Any:
        return super().signature(string_to_sign, _today())


def _today() -> Any:
    return SimpleNamespace(context={"timestamp": f"{datetime.now().astimezone():%Y%m%d}"})


def key_as(coded: Callable[[str], str]) -> Change:
    """The secret access key taken out of a URL, or put into one."""
    return on_request(lambda found, request: sign(found, request, coded=coded))


def token_lost_on_retries(right: Any, configuration: Any) -> Any:
    tried: list[None] = []

    def change(found: Any, request: Any) -> None:
        if tried:
            sign(found, request, has_token=False)
        tried.append(None)

    return on_request(change)(right, configuration)


def hide_length(_configuration: Any, request: Any) -> None:
    del request.headers["Content-Length"]
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


def unsigned(self: Any, _right: Any, arguments: Any) -> Any:
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    session: Any = botocore.session.Session()
    region = self.configuration.region
    return session.create_client("s3", region_name=region, config=config).put_object(**arguments)


MUTANTS = (
    Mutant("Unsigned", "ARC-01", put=unsigned),
    *each("ARC-01", "s3_client", KeyDecoded=key_as(unquote_plus), KeyEncoded=key_as(quote_plus)),
    Mutant("ChecksumOfSomethingElse", "ARC-01", put=sending(ChecksumCRC32C="yZRlqg==")),
    # S3 itself refuses it: the bucket has no locks.
    Mutant("LegalHold", "ARC-01", put=sending(ObjectLockLegalHoldStatus="ON")),
    *each(
        "ARC-01",
        "s3_client",
        PathEncodedTwice=on_request(lambda found, request: sign(found, request, UsualPath)),
        ScopeOfLocalDay=on_request(lambda found, request: sign(found, request, LocalDay)),
        SessionTokenLeftOut=on_request(
            lambda found, request: sign(found, request, has_token=False)
        ),
        SessionTokenLostOnRetries=token_lost_on_retries,
        LengthUnknown=on_request(hide_length),
        BodyCutShort=on_request(cut_body_short),
    ),
)
