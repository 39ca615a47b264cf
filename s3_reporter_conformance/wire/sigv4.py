"""AWS Signature Version 4 as S3 has it: what a request says of its signature, and what it must say.

Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote_to_bytes

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from .exchange import Exchange

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()

_TIMESTAMP = "%Y%m%dT%H%M%SZ"
_SCOPE_PARTS = 5
_IN_HEADER = ("Credential", "SignedHeaders", "Signature")
_IN_QUERY = (
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
)


class MalformedSignatureError(ValueError):
    """What a request says of its signature cannot be understood."""


class NoDateError(ValueError):
    """A request that is signed in its header says in no valid header when."""


@dataclass(frozen=True)
class Signature:
    """What a request says of its signature.

    Attributes:
        access_key_id: Whose key it is made with.
        date: The day of the scope.
        region: The region of the scope.
        service: The service of the scope.
        terminator: The end of the scope, `aws4_request`.
        signed_headers: Which headers it covers, in the order given.
        value: The signature itself.
        time: When it was made.
        expires: For how many seconds a presigned URL holds; `None` if it is in the header.
    """

    access_key_id: str
    date: str
    region: str
    service: str
    terminator: str
    signed_headers: tuple[str, ...]
    value: str
    time: datetime
    expires: int | None

    @property
    def timestamp(self) -> str:
        """When it was made, as it is signed."""
        return self.time.strftime(_TIMESTAMP)

    @property
    def scope(self) -> str:
        """The scope as it is signed."""
        return f"{self.date}/{self.region}/{self.service}/{self.terminator}"

    def sign(self, text: str, secret: str) -> str:
        """Sign a text for the scope and the time.

        Args:
            text: The string to sign.
            secret: The secret access key.
        """
        key = BotocoreCredentials(self.access_key_id, secret)
        request = AWSRequest()
        request.context["timestamp"] = self.date
        signed: str = S3SigV4Auth(key, self.service, self.region).signature(text, request)
        return signed

    def string_to_sign(self, canonical_request: "CanonicalRequest") -> str:
        """What is signed of a request."""
        digest = hashlib.sha256(canonical_request.as_bytes()).hexdigest()
        return f"{ALGORITHM}\n{self.timestamp}\n{self.scope}\n{digest}"


def signature_of(request: Exchange) -> Signature | None:
    """Read what a request says of its signature, in its header or in its URL.

    Returns:
        `None` if it has none of this version.

    Raises:
        MalformedSignatureError: It cannot be understood.
        NoDateError: No valid header says when the request was signed.
    """
    authorization = request.header.get("authorization", "")
    if authorization.startswith(ALGORITHM):
        given = {f"X-Amz-{name}": value for name, value in _parts(authorization).items()}
        return _signature(given, _time_of_header(request), None)
    if "X-Amz-Algorithm" not in request.query:
        return None
    if missing := [name for name in _IN_QUERY if name not in request.query]:
        raise MalformedSignatureError(f"the URL has no {' and no '.join(missing)}")
    expires = request.query["X-Amz-Expires"]
    if not re.fullmatch(r"\d{1,6}", expires):
        raise MalformedSignatureError(
            f"X-Amz-Expires is {expires!r}, which is no number of seconds"
        )
    try:
        time = _time(request.query["X-Amz-Date"])
    except ValueError as error:
        raise MalformedSignatureError(f"X-Amz-Date is {error}") from error
    return _signature(request.query, time, int(expires))


def in_usual_order(authorization: str) -> str:
    """Write the parts of an `Authorization` header as SDKs do: not every backend knows another way.

    S3 takes them in any order, with a space after each comma or without.
    """
    parts = _parts(authorization)
    if not authorization.startswith(ALGORITHM) or parts.keys() != set(_IN_HEADER):
        return authorization
    return f"{ALGORITHM} " + ", ".join(f"{name}={parts[name]}" for name in _IN_HEADER)


def _parts(authorization: str) -> Mapping[str, str]:
    parts = (part.partition("=") for part in authorization.removeprefix(ALGORITHM).split(","))
    return {name.strip(): value.strip() for name, _, value in parts}


def _signature(given: Mapping[str, str], time: datetime, expires: int | None) -> Signature:
    for name in ("X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Signature"):
        if not given.get(name):
            raise MalformedSignatureError(f"it has no {name.removeprefix('X-Amz-')}")
    scope = given["X-Amz-Credential"].split("/")
    if len(scope) != _SCOPE_PARTS or not all(scope):
        raise MalformedSignatureError(
            "its Credential is not <key id>/<date>/<region>/<service>/aws4_request"
        )
    access_key_id, date, region, service, terminator = scope
    return Signature(
        access_key_id=access_key_id,
        date=date,
        region=region,
        service=service,
        terminator=terminator,
        signed_headers=tuple(given["X-Amz-SignedHeaders"].split(";")),
        value=given["X-Amz-Signature"],
        time=time,
        expires=expires,
    )


def _time_of_header(request: Exchange) -> datetime:
    date = request.header.get("x-amz-date")
    try:
        if date is not None:
            return _time(date)
        return parsedate_to_datetime(request.header["date"]).astimezone(timezone.utc)
    except KeyError as error:
        raise NoDateError("`x-amz-date` is missing") from error
    except ValueError as error:
        raise NoDateError(
            f"`x-amz-date` is {error}" if date is not None else "`date` is no date of HTTP"
        ) from error


def _time(text: str) -> datetime:
    try:
        return datetime.strptime(text, _TIMESTAMP).replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise ValueError(f"{text!r}, not like 20260115T103000Z") from error


@dataclass(frozen=True)
class CanonicalRequest:
    """A request in the form that is signed.

    Attributes:
        method: The HTTP method.
        path: The path, encoded once.
        query: The query's parameters, encoded and sorted.
        headers: Names in lower case and values of the signed headers, sorted.
        payload: The digest of the payload, or what stands for it.
    """

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    payload: str

    def __str__(self) -> str:
        """The text that is signed."""
        fields = "".join(f"{name}:{value}\n" for name, value in self.headers)
        names = ";".join(name for name, _ in self.headers)
        lines = (self.method, self.path, self.query, fields, names, self.payload)
        return "\n".join(lines)

    def as_bytes(self) -> bytes:
        """The text as it is signed; bytes that are no UTF-8 as they were sent."""
        return str(self).encode("utf-8", "surrogateescape")


def canonical_request(request: Exchange, signature: Signature) -> CanonicalRequest:
    """Put a request into the form that S3 signs."""
    path, _, query = request.target.partition("?")
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    parameters = sorted(
        (_encoded_once(name, ""), _encoded_once(value, "")) for name, _, value in pairs
    )
    return CanonicalRequest(
        method=request.method,
        path=_encoded_once(path, "/"),
        query="&".join(f"{n}={value}" for n, value in parameters if n != "X-Amz-Signature"),
        headers=tuple((name, _value(request, name)) for name in sorted(signature.signed_headers)),
        payload=declared_payload(request, signature),
    )


def _encoded_once(raw: str, safe: str) -> str:
    return quote(unquote_to_bytes(raw), safe=safe)


def declared_payload(request: Exchange, signature: Signature) -> str:
    """What a request says that its payload's digest is."""
    declared = request.header.get("x-amz-content-sha256")
    if declared is None and signature.expires is not None:
        return request.query.get("X-Amz-Content-Sha256", UNSIGNED_PAYLOAD)
    return declared or ""


def _value(request: Exchange, name: str) -> str:
    """A header's value as it is signed: trimmed, joined if it comes twice, empty if it is missing.

    Seen in S3's answers: the canonical request of SignatureDoesNotMatch has an empty value for a
    header that is signed and did not arrive.
    """
    values = (value for header, value in request.headers if header.lower() == name)
    joined = ",".join(" ".join(value.split()) for value in values)
    return joined.encode("latin-1").decode("utf-8", "surrogateescape")
