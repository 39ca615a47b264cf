"""The evidence of a call, as a report keeps it: short, repeatable, and without secrets.

Names that a run makes up, such as those of buckets, give way to the names that the scenarios use.
"""

import re
from itertools import islice
from urllib.parse import quote

from ..scenario.observation import Observation
from ..scenario.world import World
from ..verdict.runs import Evidence, FoundFile, FoundObject, LogLine
from .printable import printable
from .requests import Redact, beginning, cut, requests_of

# As much of a text, in characters, and of requests, records, files, as a report needs.
_MOST = 2000
_LONGEST = 10_000
_MOST_ITEMS = 200
# Signatures in a URL (AWS Signature Version 4, query parameters).
_SIGNED = re.compile(r"(X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s'\"]+", re.IGNORECASE)
# The beginning of a secret gives it away where a text was cut behind it.
_RECOGNIZED = 8


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
        names |= {str(world.folder): "(folder)", world.wire.url: "http://s3"}
    names |= secrets
    beginnings = {secret[:_RECOGNIZED]: words for secret, words in secrets.items()}
    # The longest first: a name may begin with another.
    made_up = [re.escape(name) for name in sorted(names, key=len, reverse=True)]
    cut_off = [rf"{re.escape(begin)}\S*(?= \.\.\.)" for begin in beginnings]
    known = re.compile("|".join([*made_up, *cut_off]) or "(?!)")

    def clean(text: str) -> str:
        # Before names with spaces take the place of secrets.
        text = _SIGNED.sub(r"\1***", cut(text, _LONGEST))
        text = known.sub(lambda m: names.get(m[0]) or beginnings[m[0][:_RECOGNIZED]], text)
        return printable(text)

    return clean


def make_evidence(observation: Observation, clean: Redact) -> Evidence:
    """Put an observation into the report's form."""

    def text(given: str) -> str:
        return cut(clean(given), _MOST)

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
                beginning=beginning(stored.content, clean),
            )
            for stored in objects[:_MOST_ITEMS]
        ),
        files=tuple(
            FoundFile(name=clean(name), size=len(content))
            for name, content in sorted(observation.files.items())[:_MOST_ITEMS]
        ),
        seconds=round(observation.ended, 3),
    )
