"""AWS Signature Version 4 as S3 has it: what a request says of its signature, and what it must say.

Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote, unquote_to_bytes

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from .exchange import Exchange

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()

_TIMESTAMP = "%Y%m%dT%H%M%SZ"
_SCOPE_PARTS = 5
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
        digest = hashlib.sha256(str(canonical_request).encode("latin-1")).hexdigest()
        return f"{ALGORITHM}\n{self.timestamp}\n{self.scope}\n{digest}"


def signature_of(request: Exchange) -> Signature | None:
    """Read what a request says of its signature, in its header or in its URL.

    Returns:
        `None` if it has none of this version.

    Raises:
        MalformedSignatureError: It cannot be understood.
    """
    authorization = request.header.get("authorization", "")
    if authorization.startswith(ALGORITHM):
        fields = {
            name.strip(): value.strip()
            for name, _, value in (
                part.partition("=") for part in authorization.removeprefix(ALGORITHM).split(",")
            )
        }
        given = {f"X-Amz-{name}": value for name, value in fields.items()}
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
    return _signature(request.query, _time(request.query["X-Amz-Date"]), int(expires))


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
    if date := request.header.get("x-amz-date"):
        return _time(date)
    try:
        return parsedate_to_datetime(request.header.get("date", "")).astimezone(timezone.utc)
    except ValueError as error:
        raise MalformedSignatureError("it has no x-amz-date") from error


def _time(text: str) -> datetime:
    try:
        return datetime.strptime(text, _TIMESTAMP).replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise MalformedSignatureError(f"its date is {text!r}, not like 20260115T103000Z") from error


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


def canonical_request(request: Exchange, signature: Signature) -> CanonicalRequest:
    """Put a request into the form that S3 signs."""
    path, _, query = request.target.partition("?")
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    parameters = sorted(
        (quote(unquote(name), safe=""), quote(unquote(value), safe="")) for name, _, value in pairs
    )
    return CanonicalRequest(
        method=request.method,
        path=quote(unquote_to_bytes(path), safe="/"),
        query="&".join(f"{n}={value}" for n, value in parameters if n != "X-Amz-Signature"),
        headers=tuple((name, _value(request, name)) for name in sorted(signature.signed_headers)),
        payload=declared_payload(request, signature),
    )


def declared_payload(request: Exchange, signature: Signature) -> str:
    """What a request says that its payload's digest is."""
    declared = request.header.get("x-amz-content-sha256")
    if declared is None and signature.expires is not None:
        return request.query.get("X-Amz-Content-Sha256", UNSIGNED_PAYLOAD)
    return declared or ""


def _value(request: Exchange, name: str) -> str:
    """A header's value as it is signed: trimmed, and joined if there are several."""
    values = (value for header, value in request.headers if header.lower() == name)
    return ",".join(" ".join(value.split()) for value in values)
