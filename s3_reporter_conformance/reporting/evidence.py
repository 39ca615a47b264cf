"""What was seen of one call, as a report keeps it: short, repeatable and without secrets.

Names that a run makes up, such as those of buckets, give way to the names that the scenarios use.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import quote

from ..scenario.observation import Observation
from ..scenario.world import World
from ..verdict.evidence import Evidence, FoundFile, FoundObject, LogLine, Request
from ..wire.exchange import Exchange
from .printable import printable

_MOST = 2000
_BEGINNING = 400
_HEADERS = ("content-type", "content-length")
# What a signature in a URL gives away (AWS Signature Version 4, query parameters).
_SIGNED = re.compile(r"(X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s'\"]+", re.IGNORECASE)
# As much of a text, in characters, and of requests, records, files, as a report needs.
_LONGEST = 10_000
_MOST_ITEMS = 200

# What is left of a name where a text was cut, and how much of a name tells it.
_CUT_OFF = re.compile(r"(?<!\S)\S+(?= \.\.\.)")
_RECOGNIZED = 8

Redact = Callable[[str], str]
"""Makes a text that was seen fit for a report."""


def redact(world: World | None) -> Redact:
    """Prepare to take secrets and made-up names out of texts.

    Args:
        world: What the scenario made up, if it came so far.
    """
    names: dict[str, str] = {}
    if world:
        for owner, credentials in world.credentials.items():
            names[credentials.secret_access_key] = f"(secret access key of {owner})"
            names[credentials.access_key_id] = f"(access key id of {owner})"
            for token in (credentials.session_token, quote(credentials.session_token, safe="")):
                names[token] = f"(session token of {owner})"
        names |= {real: name for name, real in world.buckets.items()}
        names |= {str(world.folder): "(folder)", world.wire.url: "http://s3"}
    # The longest first: a name may begin with another.
    known = sorted(filter(None, names), key=len, reverse=True)
    made_up = re.compile("|".join(map(re.escape, known)) or r"(?!)")

    def whole(match: re.Match[str]) -> str:
        """A name of which something else has cut the end off."""
        for name in known:
            for length in range(min(len(name), len(match[0])), _RECOGNIZED - 1, -1):
                if match[0].endswith(name[:length]):
                    return match[0][:-length] + names[name]
        return match[0]

    def tidied(text: str) -> str:
        text = _cut(text, _LONGEST)
        # Before names with spaces take the place of what is masked.
        text = _SIGNED.sub(r"\1***", text)
        text = made_up.sub(lambda match: names[match[0]], text)
        text = _CUT_OFF.sub(whole, text)
        return printable(text)

    return tidied


def make_evidence(observation: Observation, clean: Redact) -> Evidence:
    """Put what was seen into the report's form.

    Args:
        observation: What was seen.
        clean: Takes out secrets and made-up names.
    """

    def text(given: str) -> str:
        return _cut(clean(given), _MOST)

    outcome = observation.outcome
    return Evidence(
        requests=tuple(
            _request(*each, text) for each in islice(_numbered(observation), _MOST_ITEMS)
        ),
        ready=outcome.ready,
        returned=None if outcome.returned is None else text(outcome.returned),
        exception=None if outcome.exception is None else text(outcome.exception),
        log=tuple(
            LogLine(level=text(r.level), message=text(r.message))
            # An SDK says thousands of things at this level, which differ from run to run.
            for r in islice((r for r in outcome.log if r.level != "DEBUG"), _MOST_ITEMS)
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
            for stored in islice(
                sorted(observation.objects, key=lambda o: (clean(o.bucket), o.key)), _MOST_ITEMS
            )
        ),
        files=tuple(
            FoundFile(name=clean(name), size=len(content))
            for name, content in islice(sorted(observation.files.items()), _MOST_ITEMS)
        ),
        seconds=round(observation.ended, 3),
    )


def _numbered(observation: Observation) -> Iterator[tuple[Exchange, int | None, float | None]]:
    """The requests; those that are attempts with their number and the wait before."""
    waits = iter((None, *observation.waits))
    number = 0
    for exchange in observation.exchanges:
        if exchange.is_attempt:
            number += 1
            yield exchange, number, next(waits)
        else:
            yield exchange, None, None


def _request(exchange: Exchange, attempt: int | None, wait: float | None, clean: Redact) -> Request:
    return Request(
        seconds=round(exchange.time, 3),
        operation=clean(exchange.operation),
        method=clean(exchange.method),
        target=clean(exchange.target),
        headers={
            name: clean(exchange.header[name]) for name in _HEADERS if name in exchange.header
        },
        status=exchange.status,
        refusal=clean(str(exchange.refusal)) if exchange.refusal else None,
        fault=exchange.fault,
        attempt=attempt,
        wait=None if wait is None else round(wait, 3),
        error=_beginning(exchange.error, clean) or None,
    )


def _beginning(content: bytes, clean: Redact) -> str:
    return _cut(clean(content[: 2 * _BEGINNING].decode(errors="replace")), _BEGINNING)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} ..."
