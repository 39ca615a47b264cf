"""The evidence of a call, as a report keeps it: short, repeatable, and without secrets.

Names that a run makes up, such as those of buckets, give way to the names that the scenarios use.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from ..scenario.observation import Observation
from ..scenario.world import World
from ..verdict.runs import Evidence, FoundFile, FoundObject, LogLine, Request
from ..wire.exchange import Exchange

Redact = Callable[[str], str]
"""Makes a text that was seen fit for a report."""

# As much of a text, in characters, and of requests, records, files, as a report needs.
_MOST = 2000
_LONGEST = 10_000
_MOST_ITEMS = 200
_BEGINNING = 400
_HEADERS = ("content-type", "content-length")
# Signatures in a URL (AWS Signature Version 4, query parameters).
_SIGNED = re.compile(r"(X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s'\"]+", re.IGNORECASE)
# The beginning of a secret gives it away where a text was cut behind it.
_RECOGNIZED = 8
# Control characters would be obeyed by terminals and are refused by XML; marks that change the
# direction of writing (Unicode Standard Annex #9) show another text than there is.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufffe\uffff]"
)
# Rich's documentation, "Console Markup".
_MARKUP = re.compile(r"\[([a-z]+)\]([^\[\]]*)\[/\1\]")


def printable(text: str) -> str:
    """Replace what a terminal would obey, XML refuses, or that shows another text than there is.

    Markup for colors goes: ASH logs it, and shows it to nobody.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _MARKUP.sub(r"\2", text))


def redact(world: World | None) -> Redact:
    """Prepare to take secrets and names that the scenario made up out of texts."""
    secrets: dict[str, str] = {}
    names: dict[str, str] = {}
    if world:
        for owner, credentials in world.credentials.items():
            secrets[credentials.secret_access_key] = f"(secret access key of {owner})"
            secrets[credentials.access_key_id] = f"(access key id of {owner})"
            for token in (credentials.session_token, quote(credentials.session_token, safe="")):
                secrets[token] = f"(session token of {owner})"
        secrets.pop("", None)
        names = {real: name for name, real in world.buckets.items()}
        names |= {str(world.folder): "(folder)", world.wire.url: "http://(endpoint)"}
    names |= secrets
    beginnings = {secret[:_RECOGNIZED]: words for secret, words in secrets.items()}
    # The longest first: a name may begin with another.
    made_up = sorted(names, key=len, reverse=True)

    def clean(text: str) -> str:
        # Before names with spaces take the place of secrets.
        text = _SIGNED.sub(r"\1***", _cut(text, _LONGEST))
        for name in made_up:
            text = text.replace(name, names[name])
        for begin, words in beginnings.items():
            if begin in text:
                text = re.sub(rf"{re.escape(begin)}\S*(?= \.\.\.)", words, text)
        return printable(text)

    return clean


def make_evidence(observation: Observation, clean: Redact) -> Evidence:
    """Put an observation into the report's form."""

    def text(given: str) -> str:
        return _cut(clean(given), _MOST)

    outcome = observation.outcome
    # An SDK logs thousands of records at this level, which differ from run to run.
    log = [record for record in outcome.log if record.level != "DEBUG"]
    objects = sorted(observation.objects, key=lambda each: (clean(each.bucket), each.key))
    return Evidence(
        requests=tuple(islice(requests_of(observation.exchanges, text), _MOST_ITEMS)),
        ready=outcome.ready,
        returned=None if outcome.returned is None else text(outcome.returned),
        exception=None if outcome.exception is None else text(outcome.exception),
        log=tuple(
            LogLine(level=text(record.level), message=text(record.message))
            for record in log[:_MOST_ITEMS]
        ),
        stdout=text(outcome.stdout),
        stderr=text(outcome.stderr),
        objects=tuple(
            FoundObject(
                bucket=clean(stored.bucket),
                key=clean(stored.key),
                content_type=text(stored.content_type),
                size=len(stored.content),
                beginning=_beginning(stored.content, clean),
            )
            for stored in objects[:_MOST_ITEMS]
        ),
        files=tuple(
            FoundFile(name=clean(name), size=len(content))
            for name, content in sorted(observation.files.items())[:_MOST_ITEMS]
        ),
        seconds=round(observation.ended, 3),
    )


def requests_of(exchanges: Iterable[Exchange], clean: Redact) -> Iterator[Request]:
    """The requests; attempts to upload with their number, and the wait before."""
    number = 0
    before = 0.0
    for exchange in exchanges:
        attempt = wait = None
        if exchange.is_attempt:
            wait = round(exchange.time - before, 3) if number else None
            attempt = number = number + 1
            before = exchange.time
        header = exchange.header
        yield Request(
            seconds=round(exchange.time, 3),
            operation=clean(exchange.operation),
            method=clean(exchange.method),
            target=clean(exchange.target),
            headers={name: clean(header[name]) for name in _HEADERS if name in header},
            status=exchange.status,
            refusal=clean(str(exchange.refusal)) if exchange.refusal else None,
            fault=exchange.fault,
            attempt=attempt,
            wait=wait,
            error=_beginning(exchange.error, clean) or None,
        )


def _beginning(content: bytes, clean: Redact) -> str:
    return _cut(clean(content[: 2 * _BEGINNING].decode(errors="replace")), _BEGINNING)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} ..."
