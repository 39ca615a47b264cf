"""AWS Signature Version 4: what a request says of its signature, and what it must say.

Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
"""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote_to_bytes

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from .refusal import RefusedError
from .request import CredentialScope, Request

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()

_IN_HEADER = "AuthorizationHeaderMalformed"
_IN_URL = "AuthorizationQueryParametersError"
_TIMESTAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Signature:
    """The signature of a request, as the request tells it; in a URL, it expires after seconds."""

    scope: CredentialScope
    signed_headers: tuple[str, ...]
    value: str
    time: datetime
    expires: int | None

    @property
    def timestamp(self) -> str:
        """The time as it is signed."""
        return self.time.strftime(_TIMESTAMP)

    @property
    def malformed(self) -> str:
        """S3's error code for a mistake in it."""
        return _IN_HEADER if self.expires is None else _IN_URL

    def sign(self, secret: str, *lines: str, what: str = "") -> str:
        """Sign a text, without its beginning, for the scope and the time.

        Of pieces and trailers, the name of the algorithm goes on with what is signed.
        """
        text = "\n".join((f"{ALGORITHM}{what}", self.timestamp, str(self.scope), *lines))
        request = AWSRequest()
        request.context["timestamp"] = self.scope.date
        key = BotocoreCredentials(self.scope.access_key_id, secret)
        signer = S3SigV4Auth(key, self.scope.service, self.scope.region)
        signed: str = signer.signature(text, request)
        return signed


def signature_of(request: Request) -> Signature:
    """Read the signature of a request, in its header or in its URL.

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
        return _signature(given, _IN_HEADER, _time_of_header(request), None)
    if "X-Amz-Algorithm" in request.query:
        expires = request.query.get("X-Amz-Expires", "")
        if not re.fullmatch(r"[0-9]{1,6}", expires):
            raise RefusedError(_IN_URL, f"X-Amz-Expires is {expires!r}, which is no number")
        time = _time("X-Amz-Date", request.query.get("X-Amz-Date", ""), _IN_URL)
        return _signature(request.query, _IN_URL, time, int(expires))
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
    scope = CredentialScope.of(given["X-Amz-Credential"])
    if scope is None:
        form = "<key id>/<date>/<region>/<service>/aws4_request"
        raise RefusedError(code, f"the Credential of its signature is not {form}")
    signed_headers = tuple(given["X-Amz-SignedHeaders"].split(";"))
    return Signature(scope, signed_headers, given["X-Amz-Signature"], time, expires)


def _time_of_header(request: Request) -> datetime:
    if "x-amz-date" in request.header:
        return _time("`x-amz-date`", request.header["x-amz-date"], "AccessDenied")
    if "date" not in request.header:
        raise RefusedError("AccessDenied", "`x-amz-date` is missing")
    # IAM User Guide, "Elements of an AWS API request signature": either form.
    with suppress(ValueError):
        return parsedate_to_datetime(request.header["date"]).astimezone(timezone.utc)
    return _time("`date`", request.header["date"], "AccessDenied")


def _time(name: str, text: str, code: str) -> datetime:
    try:
        return datetime.strptime(text, _TIMESTAMP).replace(tzinfo=timezone.utc)
    except ValueError:
        raise RefusedError(code, f"{name} is {text!r}, not like 20260115T103000Z") from None


def canonical_request(request: Request, signature: Signature, **mistakes: str) -> str:
    """Put a request into the form that S3 signs.

    The mistakes are the path, query, payload, or host that a client may have signed instead.
    """
    path, _, query = request.target.partition("?")
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    parameters = sorted((_encoded_once(n, ""), _encoded_once(v, "")) for n, _, v in pairs)
    payload = request.header.get("x-amz-content-sha256", "")
    if not payload and signature.expires is not None:
        payload = request.query.get("X-Amz-Content-Sha256", UNSIGNED_PAYLOAD)
    parts = {
        "path": _encoded_once(path, "/"),
        "query": "&".join(f"{n}={value}" for n, value in parameters if n != "X-Amz-Signature"),
        "payload": payload,
        **mistakes,
    }
    names = sorted(signature.signed_headers)
    values = {name: _value(request, name) for name in names} | mistakes
    headers = "".join(f"{name}:{values[name]}\n" for name in names)
    signed = ";".join(names)
    lines = (request.method, parts["path"], parts["query"], headers, signed, parts["payload"])
    return "\n".join(lines)


def _encoded_once(raw: str, safe: str) -> str:
    return quote(unquote_to_bytes(raw), safe=safe)


def _value(request: Request, name: str) -> str:
    """A header's value as it is signed: trimmed, joined if it comes twice, empty if it is missing.

    Seen in S3's answers: the canonical request of SignatureDoesNotMatch has an empty value for a
    header that is signed and did not arrive, and each byte beyond ASCII is a character of Latin-1.
    """
    return ",".join(trimmed(value) for header, value in request.headers if header.lower() == name)


def trimmed(value: str) -> str:
    """Trim spaces and tabs alone: a byte of a character in UTF-8 may be a space in Latin-1."""
    return " ".join(filter(None, re.split("[ \t]+", value)))
