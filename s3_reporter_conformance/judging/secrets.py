"""Finds credentials in what a reporter wrote, in the encodings that hide them from the eye."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote

from ..s3.credentials import Credentials
from ..scenario.observation import Observation

# An SDK's own records at this level show its requests, whatever the reporter does.
_SDK_LOGGERS = frozenset({"boto3", "botocore", "s3transfer", "urllib3"})
# So many characters of a secret in a row leave too little of it to guess.
_RUN = 20
# Where a session token has to be sent.
_TOKEN_HEADER = "x-amz-security-token"  # noqa: S105 -- its name
_TOKEN_PARAMETER = re.compile(r"X-Amz-Security-Token=[^&]*", re.IGNORECASE)
# Whoever has a presigned URL may do for a while what it was signed for; SDKs still make some of
# Signature Version 2.
_PRESIGNED = re.compile(r"[?&](?:X-Amz-)?Signature=[^&\s]+", re.IGNORECASE)


def disclosures(observation: Observation, credentials: Iterable[Credentials]) -> Iterator[str]:
    """The places in which a secret key, a session token, or a presigned URL appears.

    With the first line that has a secret as it is, and *** in its place.
    """
    given = [text for c in credentials for text in (c.secret_access_key, c.session_token)]
    secrets = [secret for secret in given if secret]
    written, sent = _written(observation), _sent(observation)
    for place, text in (*written.items(), *sent.items()):
        if appearing := [secret for secret in secrets if appears(secret, text)]:
            yield f"{place}{_line_with(appearing[0], text)}"
    yield from (
        f"a presigned URL in {name}" for name, text in written.items() if _PRESIGNED.search(text)
    )


def _line_with(secret: str, text: str) -> str:
    around = re.search(rf".{{0,80}}{re.escape(secret)}.{{0,80}}", text)
    return f": {around[0].replace(secret, '***')}" if around else ""


def appears(secret: str, text: str) -> bool:
    """Whether a secret, or much of it, appears in a text.

    Plain, percent-encoded, in hexadecimal, or in Base64: 20 characters in a row are enough.
    """
    haystacks = (text, text.lower(), text.replace("-", "+").replace("_", "/"))
    # Each run contains one of these pieces, which are few.
    pieces = (secret[at : at + _RUN // 2] for at in range(0, len(secret), _RUN // 2))
    if not any(_appears(piece, haystacks) for piece in pieces if len(piece) == _RUN // 2):
        return len(secret) < _RUN and _appears(secret, haystacks)
    runs = (secret[at : at + _RUN] for at in range(max(1, len(secret) - _RUN + 1)))
    return any(_appears(run, haystacks) for run in runs)


def _appears(run: str, haystacks: tuple[str, str, str]) -> bool:
    """Whether characters appear in a text, given also in lower case and with + and / in Base64."""
    searched = zip(haystacks, _forms(run), strict=True)
    return any(form in haystack for haystack, forms in searched for form in forms)


# All that a run writes and sends is searched for the same.
@lru_cache(maxsize=256)
def _forms(run: str) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """The forms of characters in a text: plain or percent-encoded, in hexadecimal, in Base64."""
    raw = run.encode()
    base64 = []
    # It depends on how many bytes come before; the first and last characters on which.
    for before in range(3):
        start, end = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
        base64.append(b64encode(bytes(before) + raw).decode()[start:end])
    return (run, quote(run, safe="")), (raw.hex(),), base64


def _written(observation: Observation) -> Mapping[str, str]:
    outcome = observation.outcome
    log = (
        record.message
        for record in outcome.log
        if record.level != "DEBUG" or record.logger.partition(".")[0] not in _SDK_LOGGERS
    )
    files = {f"the object {each.key}": each.content for each in observation.objects}
    files |= {**observation.files, **observation.files_elsewhere}
    return {
        "the log": "\n".join(log),
        "standard output": outcome.stdout,
        "standard error": outcome.stderr,
        "what was returned": outcome.returned or "",
        **{name: content.decode(errors="replace") for name, content in files.items()},
    }


def _sent(observation: Observation) -> Mapping[str, str]:
    """The requests, without the places where a session token belongs."""
    sent = {}
    for number, exchange in enumerate(observation.exchanges, start=1):
        headers = (f"{n}: {v}" for n, v in exchange.headers if n.lower() != _TOKEN_HEADER)
        target = _TOKEN_PARAMETER.sub("", exchange.target)
        text = "\n".join((target, *headers, exchange.payload.decode(errors="replace")))
        sent[f"request {number}, {exchange.operation}"] = text
    return sent
