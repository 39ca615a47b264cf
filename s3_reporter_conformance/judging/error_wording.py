"""Decides whether a message or a log names the cause of an error (interpretation 4).

A reporter may use its own wording.  The error code, S3's own message, and plain synonyms are
accepted; a message that also names another cause is not.
"""

import re
from collections.abc import Collection

from ..s3.error_codes import ERRORS, THROTTLING

UNREACHABLE = "Unreachable"
"""The cause where no error code of S3 says so: the connection breaks, or nothing answers."""

_THROTTLING = "SlowDown"

# What is enough to name a cause. HTTP statuses and vague words count, because they may be all that
# a reporter knows.
_NAMED = {
    _THROTTLING: (
        r"throttl|slow(ing|ed)? ?down|too many requests|rate (limit|exceeded)|request rate"
        r"|limit(ed|s|ing)?\b.*\brate|\bbusy\b|overload|unavailable|\b(503|429)\b"
    ),
    "AccessDenied": (
        r"\bden(y|ies|ied)\b|permission|forbidden|not (authori[sz]ed|allowed|permitted)"
        r"|unauthori[sz]ed|privilege|\brights\b|\black(s|ing|ed)?\b|\bno access\b|\bmay not\b"
        r"|\b403\b"
    ),
    "NoSuchBucket": (
        r"no ?such ?bucket|no bucket|bucket\b.*(\bnot |n.t )(exist|found|be found|there|present)"
        r"|(\bnot|n.t|unable to|failed to) (find|locate)\b.*\bbucket|no(t an)? existing bucket"
        r"|bucket\b.*\b(missing|unknown|gone|deleted|removed|absent)"
        r"|(missing|unknown|non-?existent) bucket|\b404\b"
    ),
    UNREACHABLE: (
        r"connect|network|reach|answer|response|reply|reset|closed|time[d-]? ?out|refused|pipe"
        r"|\bhang|\bhung|\bEOF\b|socket|endpoint|transport|dispatch|\bI/?O error|\bhttp"
    ),
    "InternalError": r"internal (server |service )?error|\b500\b",
    "InvalidAccessKeyId": r"access key",
    "SignatureDoesNotMatch": r"signature",
    "ExpiredToken": r"\bexpired\b",
    "InvalidToken": r"token",
    "EntityTooLarge": r"too (large|big|long)|size limit|\b413\b",
    "MethodNotAllowed": r"method\b.*\bnot (allowed|permitted|supported)|\b405\b",
    "InvalidRequest": r"invalid request|bad request|request (is |was )?(invalid|not valid)",
}

# What only somebody writes who means this cause. The status 403 and its name, Forbidden, belong to
# many errors.
_MEANT = {
    _THROTTLING: (
        r"throttl(ed|ing)|slow(ing|ed)? ?down|too many requests|rate exceeded|request rate"
        r"|rate[- ]limit(ed|ing)"
    ),
    "AccessDenied": (
        r"(access|permission) ?(was |is )?denied|den(y|ies|ied) access|permission error"
        r"|(no|not have|lacks?|lacking|missing|insufficient|without) (the )?(\S+ )?permission"
        r"|not authori[sz]ed to"
    ),
    "NoSuchBucket": (
        r"no ?such ?bucket|there is no bucket|(missing|unknown|non-?existent) bucket"
        r"|bucket (\S+ )?(does not|doesn.?t) exist"
        r"|bucket (\S+ )?((was|is|could|can) )?not (be )?found|bucket (\S+ )?is (missing|unknown)"
    ),
}

# Advice and denials name what may be wrong elsewhere, not what was.
_ADVICE = re.compile(
    r"\b(check|verify|make sure|ensure|confirm|if|whether|in case)\b[^.;\n]*"
    r"|\bnot (a |due to |caused by )?throttl\w+",
    re.IGNORECASE,
)


def names_cause(text: str, code: str, before: Collection[str] = ()) -> bool:
    """Whether a text names the cause behind an S3 error code, and no other.

    Args:
        text: A message of the reporter, or what it logged.
        code: The error code that S3 answered with, or `UNREACHABLE`.
        before: The error codes of earlier attempts, which the text may name, too.
    """
    stated = _ADVICE.sub("", text)
    return any(
        _names(each, code) and not _names_another(each, code, before) for each in (stated, text)
    )


def _names(text: str, code: str) -> bool:
    # Whoever is throttled under several names may say any of them.
    own = [own for own in (code, *THROTTLING) if _cause(own) == _cause(code)]
    own += [re.sub(r"(?<!^)(?=[A-Z])", " ", each) for each in own]
    own += [ERRORS[each].message for each in ERRORS if _cause(each) == _cause(code)]
    synonyms = [pattern for cause, pattern in _NAMED.items() if cause == _cause(code)]
    return _found([*map(re.escape, own), *synonyms], text)


def _names_another(text: str, code: str, before: Collection[str] = ()) -> bool:
    right = {_cause(each) for each in (code, *before)}
    meant = [pattern for cause, pattern in _MEANT.items() if cause not in right]
    others = [other for other in ERRORS if _cause(other) not in right]
    messages = [re.escape(ERRORS[other].message) for other in others]
    codes = "|".join(rf"\b{other}\b" for other in others)
    return _found([*meant, *messages], text) or bool(re.search(codes, text))


def _cause(code: str) -> str:
    return _THROTTLING if code in THROTTLING else code


def _found(patterns: list[str], text: str) -> bool:
    return bool(re.search("|".join(patterns), text, re.IGNORECASE | re.DOTALL))
