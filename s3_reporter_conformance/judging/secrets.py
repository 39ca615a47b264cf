"""Finds credentials in what a reporter wrote, in the encodings that hide them from the eye."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from urllib.parse import quote

from ..adapters.processes import CONTAINER_TOKEN
from ..s3.credentials import Credentials
from ..scenario.observation import Observation

# An SDK's own records at this level show its requests, whatever the reporter does.
_SDK_LOGGERS = frozenset({"boto3", "botocore", "s3transfer", "urllib3"})
# So many characters of a secret in a row leave too little of it to guess.
_RUN = 20
# Percent-encoded.
_LONGEST_FORM = 3 * _RUN
_PART = 1 << 20
# Where a session token has to be sent.
_TOKEN_HEADER = "x-amz-security-token"  # noqa: S105 -- its name
_TOKEN_PARAMETER = re.compile(r"X-Amz-Security-Token=[^&]*", re.IGNORECASE)
# Whoever has a presigned URL may do for a while what it was signed for; SDKs still make some of
# Signature Version 2.
# In small letters, and the literal first, for the sake of large texts.
_PRESIGNED = re.compile(rb"signature=(?:(?<=[?&]signature=)|(?<=[?&]x-amz-signature=))[^&\s]")
_STANDARD_BASE64 = bytes.maketrans(b"-_", b"+/")


def disclosures(observation: Observation, credentials: Iterable[Credentials]) -> Iterator[str]:
    """The places in which a secret key, a token, or a presigned URL appears.

    With the first line that has a secret as it is, and *** in its place.
    """
    given = [text for c in credentials for text in (c.secret_access_key, c.session_token)]
    secrets = [CONTAINER_TOKEN, *filter(None, given)]
    written, sent = _written(observation), _sent(observation)

    # The same report is in a request, an object, and a file.
    @cache
    def appearing(text: bytes) -> str:
        return next((secret for secret in secrets if appears(secret, text)), "")

    for place, texts in (*written.items(), *sent.items()):
        if text := next(filter(appearing, texts), b""):
            yield f"{place}{_line_with(appearing(text), text.decode(errors='replace'))}"
    for place, texts in written.items():
        if any(_PRESIGNED.search(text.lower()) for text in texts):
            yield f"a presigned URL in {place}"


def _line_with(secret: str, text: str) -> str:
    around = re.search(rf".{{0,80}}{re.escape(secret)}.{{0,80}}", text)
    return f": {around[0].replace(secret, '***')}" if around else ""


def appears(secret: str, text: bytes) -> bool:
    """Whether a secret, or much of it, appears in a text.

    Plain, percent-encoded, in hexadecimal, or in Base64: 20 characters in a row are enough.
    """
    # Each run contains one of these pieces, which are few.
    pieces = [secret[at : at + _RUN // 2] for at in range(0, len(secret), _RUN // 2)]
    if not _any_appears([piece for piece in pieces if len(piece) == _RUN // 2], text):
        return len(secret) < _RUN and _any_appears([secret], text)
    runs = [secret[at : at + _RUN] for at in range(max(1, len(secret) - _RUN + 1))]
    return _any_appears(runs, text)


def _any_appears(runs: Sequence[str], text: bytes) -> bool:
    """Whether one of some strings appears in a text, in any form."""
    # In parts, because a text may be large.
    for at in range(0, len(text), _PART):
        part = text[at : at + _PART + _LONGEST_FORM]
        for form, haystack in enumerate((part, part.lower(), part.translate(_STANDARD_BASE64))):
            if any(each in haystack for run in runs for each in _forms(run)[form]):
                return True
    return False


# All that a run writes and sends is searched for the same.
@lru_cache(maxsize=256)
def _forms(run: str) -> tuple[Sequence[bytes], Sequence[bytes], Sequence[bytes]]:
    """The forms of characters in a text: plain or percent-encoded, in hexadecimal, in Base64."""
    raw = run.encode()
    base64 = []
    # It depends on how many bytes come before; the first and last characters on which.
    for before in range(3):
        start, end = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
        base64.append(b64encode(bytes(before) + raw)[start:end])
    return tuple({raw, quote(run, safe="").encode()}), (raw.hex().encode(),), base64


def _written(observation: Observation) -> Mapping[str, list[bytes]]:
    outcome = observation.outcome
    log = (
        record.message
        for record in outcome.log
        if record.level != "DEBUG" or record.logger.partition(".")[0] not in _SDK_LOGGERS
    )
    files = {f"the object {each.key}": each.content for each in observation.objects}
    files |= {**observation.files, **observation.files_elsewhere}
    said = {
        "the log": "\n".join(log),
        "standard output": outcome.stdout,
        "standard error": outcome.stderr,
        "what was returned": outcome.returned or "",
    }
    texts = {place: text.encode(errors="replace") for place, text in said.items()} | files
    return {place: [text] for place, text in texts.items()}


def _sent(observation: Observation) -> Mapping[str, list[bytes]]:
    """The requests, without the places where a session token belongs."""
    sent = {}
    for number, exchange in enumerate(observation.exchanges, start=1):
        headers = (f"{n}: {v}" for n, v in exchange.headers if n.lower() != _TOKEN_HEADER)
        target = _TOKEN_PARAMETER.sub("", exchange.target)
        head = "\n".join((target, *headers)).encode(errors="replace")
        sent[f"request {number}, {exchange.operation}"] = [head, exchange.payload]
    return sent
