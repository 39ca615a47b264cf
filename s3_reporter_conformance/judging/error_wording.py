"""Decides whether a message or a log names the cause of an error (interpretation 4).

A reporter may use its own wording.  The error code, S3's own message, and plain synonyms are
accepted.
"""

import re
from collections.abc import Iterable

from ..spec.symptoms import CAUSE_UNKNOWN, WRONG_CAUSE, Symptom
from ..wire.faults import ErrorResponse

_THROTTLED = (
    r"throttl|slow ?down|too many requests|rate (limit|exceeded)|request rate|\b(503|429)\b"
)
_SYNONYMS = {
    "SlowDown": _THROTTLED,
    "AccessDenied": (
        r"access ?(was |is )?denied|permission|forbidden|not (authori[sz]ed|allowed)|\b403\b"
    ),
    "NoSuchBucket": (
        r"no ?such ?bucket|bucket\b.*\b(not (exist|found)|missing|unknown)"
        r"|(missing|unknown|nonexistent) bucket|\b404\b"
    ),
}


def names_cause(text: str, code: str) -> bool:
    """Whether a text names the cause behind an S3 error code."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", code)
    own = "|".join(re.escape(said) for said in (code, words, ErrorResponse.of(code).message))
    pattern = f"{own}|{_SYNONYMS[code]}" if code in _SYNONYMS else own
    return bool(re.search(pattern, text, re.IGNORECASE | re.DOTALL))


def missing_cause(texts: Iterable[str], code: str) -> Symptom:
    """Tell what texts show that do not name a cause: another cause, or none that is known."""
    others = _SYNONYMS.keys() - {code}
    wrong = any(names_cause(text, other) for text in texts for other in others)
    return WRONG_CAUSE if wrong else CAUSE_UNKNOWN
