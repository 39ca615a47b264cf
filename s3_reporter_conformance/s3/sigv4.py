"""AWS Signature Version 4: what a request says of its signature, and what it must say.

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

from .refusal import RefusedError
from .request import Request

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()

_TIMESTAMP = "%Y%m%dT%H%M%SZ"
_SCOPE_PARTS = 5


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
    def malformed(self) -> str:
        """The code of S3 for a mistake in it."""
        if self.expires is None:
            return "AuthorizationHeaderMalformed"
        return "AuthorizationQueryParametersError"

    def sign(self, secret: str, *lines: str, what: str = "") -> str:
        """Sign for the scope and the time.

        Args:
            secret: The secret access key.
            lines: What is signed besides them.
            what: What comes after the name of the algorithm.
        """
        scope = f"{self.date}/{self.region}/{self.service}/{self.terminator}"
        text = "\n".join((f"{ALGORITHM}{what}", self.timestamp, scope, *lines))
        request = AWSRequest()
        request.context["timestamp"] = self.date
        key = BotocoreCredentials(self.access_key_id, secret)
        signed: str = S3SigV4Auth(key, self.service, self.region).signature(text, request)
        return signed


def signature_of(request: Request) -> Signature:
    """Read what a request says of its signature, in its header or in its URL.

    Raises:
        RefusedError: It has none of this version, or one that cannot be understood.
    """
    authorization = request.header.get("authorization", "")
    in_url = {"X-Amz-Signature", "X-Amz-Algorithm", "Signature"} & request.query.keys()
    if authorization and in_url:
        raise RefusedError("InvalidArgument", "it is signed in the header and in the URL")
    if authorization.startswith(ALGORITHM):
        parts = (part.partition("=") for part in authorization[len(ALGORITHM) :].split(","))
        given = {f"X-Amz-{name.strip()}": value.strip() for name, _, value in parts}
        return _signature(given, "AuthorizationHeaderMalformed", _time_of_header(request), None)
    if "X-Amz-Algorithm" in request.query:
        code, expires = "AuthorizationQueryParametersError", request.query.get("X-Amz-Expires", "")
        if not re.fullmatch(r"[0-9]{1,6}", expires):
            raise RefusedError(code, f"X-Amz-Expires is {expires!r}, which is no number of seconds")
        time = _time("X-Amz-Date", request.query.get("X-Amz-Date", ""), code)
        return _signature(request.query, code, time, int(expires))
    if authorization or in_url:
        finding = f"its signature is not of version 4: {ALGORITHM} is expected"
        raise RefusedError("InvalidRequest", finding)
    raise RefusedError("AccessDenied", "it has no signature at all")


def _signature(
    given: Mapping[str, str], code: str, time: datetime, expires: int | None
) -> Signature:
    for name in ("X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Signature"):
        if not given.get(name):
            raise RefusedError(code, f"its signature has no {name.removeprefix('X-Amz-')}")
    scope = given["X-Amz-Credential"].split("/")
    if len(scope) != _SCOPE_PARTS or not all(scope):
        form = "<key id>/<date>/<region>/<service>/aws4_request"
        raise RefusedError(code, f"the Credential of its signature is not {form}")
    signed_headers = tuple(given["X-Amz-SignedHeaders"].split(";"))
    return Signature(*scope, signed_headers, given["X-Amz-Signature"], time, expires)


def _time_of_header(request: Request) -> datetime:
    if "x-amz-date" in request.header:
        return _time("`x-amz-date`", request.header["x-amz-date"], "AccessDenied")
    if "date" not in request.header:
        raise RefusedError("AccessDenied", "`x-amz-date` is missing")
    try:
        return parsedate_to_datetime(request.header["date"]).astimezone(timezone.utc)
    except ValueError:
        raise RefusedError("AccessDenied", "`date` is no date of HTTP") from None


def _time(name: str, text: str, code: str) -> datetime:
    try:
        return datetime.strptime(text, _TIMESTAMP).replace(tzinfo=timezone.utc)
    except ValueError:
        raise RefusedError(code, f"{name} is {text!r}, not like 20260115T103000Z") from None


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
    headers: Mapping[str, str]
    payload: str

    def __str__(self) -> str:
        """The text that is signed."""
        fields = "".join(f"{name}:{value}\n" for name, value in self.headers.items())
        names = ";".join(self.headers)
        return f"{self.method}\n{self.path}\n{self.query}\n{fields}\n{names}\n{self.payload}"

    @property
    def digest(self) -> str:
        """The SHA-256 of the text; bytes that are no UTF-8 count as they were sent."""
        return hashlib.sha256(str(self).encode("utf-8", "surrogateescape")).hexdigest()


def canonical_request(request: Request, signature: Signature) -> CanonicalRequest:
    """Put a request into the form that S3 signs."""
    path, _, query = request.target.partition("?")
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    parameters = sorted((_encoded_once(n, ""), _encoded_once(v, "")) for n, _, v in pairs)
    payload = request.header.get("x-amz-content-sha256", "")
    if not payload and signature.expires is not None:
        payload = request.query.get("X-Amz-Content-Sha256", UNSIGNED_PAYLOAD)
    return CanonicalRequest(
        method=request.method,
        path=_encoded_once(path, "/"),
        query="&".join(f"{n}={value}" for n, value in parameters if n != "X-Amz-Signature"),
        headers={name: _value(request, name) for name in sorted(signature.signed_headers)},
        payload=payload,
    )


def _encoded_once(raw: str, safe: str) -> str:
    return quote(unquote_to_bytes(raw), safe=safe)


def _value(request: Request, name: str) -> str:
    """A header's value as it is signed: trimmed, joined if it comes twice, empty if it is missing.

    Seen in S3's answers: the canonical request of SignatureDoesNotMatch has an empty value for a
    header that is signed and did not arrive.
    """
    values = (value for header, value in request.headers if header.lower() == name)
    joined = ",".join(" ".join(value.split()) for value in values)
    return joined.encode("latin-1").decode("utf-8", "surrogateescape")
