"""Decides whether a message or a log names the cause of an error (interpretation 4).

A reporter may use its own wording.  The error code, S3's own message, and plain synonyms are
accepted; a message that also names another cause is not.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from importlib import resources

import yaml

from ..s3.error_codes import ERRORS, THROTTLING

UNREACHABLE = "a broken connection"
"""The cause where no error code of S3 says so: the connection breaks, or nothing answers."""

_THROTTLING = "SlowDown"
_FILE = resources.files("s3_reporter_conformance.judging") / "error_wording.yaml"
_WORDING: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))

# It stands in many messages, and says nothing of what went wrong.
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
# Nobody reads more of a text than so many characters at its beginning, and at its end; some
# expressions would take hours for what a broken reporter can log.
_READ = 10_000
# Advice and denials name what may be wrong elsewhere, not what was.
_ADVICE = re.compile(
    r"\b(check|verify|make sure|ensure|confirm|if|whether|in case)\b[^.;\n]*"
    r"|\bnot (a |due to |caused by )?throttl\w+",
    re.IGNORECASE,
)


def names_cause(text: str, code: str, before: Collection[str] = ()) -> bool:
    """Whether a text names the cause behind an error code, and no other but those before it."""
    text = _read(text)
    stated = _ADVICE.sub("", text)
    known = {code, *before}
    return any(_names(each, code) and not _another(each, known) for each in (stated, text))


def another_cause(text: str, known: Collection[str]) -> str:
    """The words that state a cause other than those that are known, by their codes; or none."""
    return _another(_ADVICE.sub("", _read(text)), known)


def accepted() -> Iterator[str]:
    """The words that name a cause, in lines for people."""
    yield "\nWords that name a cause, as regular expressions, beside S3's own codes and messages"
    for cause, patterns in _WORDING["named"].items():
        yield from (f"  {cause:<28}{pattern}" for pattern in patterns)


def _read(text: str) -> str:
    if len(text) > 2 * _READ:
        text = f"{text[:_READ]} {text[-_READ:]}"
    return _URL.sub("", text)


def _names(text: str, code: str) -> bool:
    return bool(_found(_patterns_of(_cause(code)), text))


def _another(text: str, known: Collection[str]) -> str:
    patterns, others = _others_than(frozenset(map(_cause, known)))
    own = (word for word in re.findall(r"\w+", text) if word in others)
    return _found(patterns, text) or next(own, "")


# One by one, and once for all texts: most of the time goes to what makes them.
@cache
def _patterns_of(cause: str) -> Sequence[re.Pattern[str]]:
    # Whoever is throttled under several names may say any of them.
    codes = [each for each in ERRORS if _cause(each) == cause]
    own = [*codes] or [cause]
    own += [re.sub(r"(?<!^)(?=[A-Z])", " ", each) for each in own]
    own += [ERRORS[each].message for each in codes]
    return _compiled([*map(re.escape, own), *_WORDING["named"].get(cause, [])])


@cache
def _others_than(right: frozenset[str]) -> tuple[Sequence[re.Pattern[str]], frozenset[str]]:
    """The expressions for other causes than some, and the codes of these."""
    meant = [each for cause, own in _WORDING["meant"].items() if cause not in right for each in own]
    # A status and its name, as .NET writes it, are no cause of their own.
    status = {HTTPStatus(ERRORS[each].status).phrase.replace(" ", "") for each in right & {*ERRORS}}
    others = [each for each in ERRORS if _cause(each) not in right and each not in status]
    messages = [re.escape(ERRORS[other].message) for other in others]
    return _compiled([*meant, *messages]), frozenset(others)


def _compiled(patterns: Iterable[str]) -> Sequence[re.Pattern[str]]:
    return [re.compile(each, re.IGNORECASE | re.DOTALL) for each in patterns]


def _cause(code: str) -> str:
    return _THROTTLING if code in THROTTLING else code


def _found(patterns: Iterable[re.Pattern[str]], text: str) -> str:
    found = (each.search(text) for each in patterns)
    return next((each[0] for each in found if each), "")
