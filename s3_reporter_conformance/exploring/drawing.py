"""Draws situations from what the sentences of the features can say."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from .situation import CONFIGURED, Situation

Sentences = tuple[str, ...]
Strategy = st.SearchStrategy[Any]

# Of eight parts of a situation, four have their default, and one is unusual.
_DEFAULT, _USUAL, _UNUSUAL = 4, 3, 1

_AUDIT = 'an AWS profile "audit" with permanent credentials'
_USE_AUDIT = 'the option aws_profile is "audit"'
_BUILD = 'an AWS profile "build" with permanent credentials'
_USE_BUILD = 'the environment variable AWS_PROFILE is "build"'
_REGION = 'the environment variable AWS_REGION is "ap-southeast-2"'
_OTHER_REGION = 'the environment variable AWS_DEFAULT_REGION is "sa-east-1"'
_NO_REGION = "the option aws_region is not set"
_BUCKET = 'the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"'
_NO_BUCKET = "the option bucket_name is not set"
_EXPIRED = 'an AWS profile "default" with expired credentials'

# `st.text()` alone makes a table of all characters first.  Angle brackets are for placeholders.
_LETTERS = re.sub("[<>]", "", "".join(map(chr, range(0x20, 0x7F)))) + "éß\u0301ñ\u00a0日本語🔒"
_CONTROLS = "<>\0\t\n\r\x1b\x7f\x85\u2028\ufeff\U0001f469\u200d"
_LOOKALIKES = ("null", "~", "yes", "1e3", "0x1F", "0o7", "1_000", "2026-01-15", "=", "<<", ".nan")
_PREFIXES = st.text(_LETTERS, min_size=1, max_size=40)
_TEXTS = st.text(_LETTERS + _CONTROLS, max_size=20) | st.sampled_from(_LOOKALIKES)
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda items: st.lists(items, max_size=4) | st.dictionaries(_TEXTS, items, max_size=4),
    max_leaves=8,
)
_ZONES = st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
_FIRST, _LAST = datetime(1970, 1, 2), datetime(2199, 12, 30)  # noqa: DTZ001 -- Hypothesis adds zones
_INSTANTS = st.datetimes(_FIRST, _LAST, timezones=_ZONES)

_ATTEMPTS = ("the first attempt", "the first max_retries - 1 attempts", "every attempt")
_USUAL_ANSWERS = (
    "SlowDown",
    "ServiceUnavailable",
    "AccessDenied",
    "NoSuchBucket",
    "InvalidRequest",
)
_ANSWERS = (
    *_USUAL_ANSWERS,
    *("Throttling", "ThrottlingException", "TooManyRequests", "RequestLimitExceeded"),
    *("throttling under one name after the other", "EntityTooLarge", "InvalidAccessKeyId"),
    *("SignatureDoesNotMatch", "InvalidToken", "UnheardOf", "InternalError", "PermanentRedirect"),
    *("a broken connection", "a lost answer", "a page of HTML", "an empty body"),
    *("something other than HTTP", "half of an XML document", "text that is not UTF-8"),
)


@dataclass(frozen=True)
class _Part:
    given: Sentences = ()
    is_unusual: bool = False


def _part(usual: Sequence[str | Sentences], *unusual: str | Sentences | Strategy) -> Strategy:
    """A part of a situation: its default, or usual sentences, or unusual ones."""
    written = [each for each in unusual if not isinstance(each, st.SearchStrategy)]
    drawn = [each for each in unusual if isinstance(each, st.SearchStrategy)]
    odd = st.one_of(*map(st.just, written), *drawn).map(lambda given: _made(given, is_unusual=True))
    kinds = [st.just(_Part())] * _DEFAULT
    kinds += [st.sampled_from(usual).map(_made)] * _USUAL if usual else []
    kinds += [odd] * _UNUSUAL if unusual else []
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


def _made(given: str | Sentences, *, is_unusual: bool = False) -> _Part:
    return _Part((given,) if isinstance(given, str) else given, is_unusual)


def _credentials() -> Strategy:
    return _part(
        [
            (_AUDIT, _USE_AUDIT),
            (_AUDIT.replace("permanent", "temporary"), _USE_AUDIT),
            ("the environment contains temporary credentials", _AUDIT, _USE_AUDIT),
            (_BUILD, _USE_BUILD, _AUDIT, _USE_AUDIT),
        ],
        "the option aws_profile is empty",
        'the option aws_profile is "no-such-profile"',
        "the environment contains default credentials",
        "the environment contains permanent credentials",
        (_BUILD, _USE_BUILD),
        (_AUDIT, _USE_AUDIT, 'the AWS profile "audit" sets the region "us-west-2"'),
        "there are no AWS credentials",
        _EXPIRED,
        "the reporter's credentials do not allow uploads",
        "S3 answers every request but uploads with AccessDenied",
    )


def _answer() -> Strategy:
    """The answers of S3, also one after another."""
    attempts, answers = st.sampled_from(_ATTEMPTS), st.sampled_from(_ANSWERS)
    said = "S3 answers {} with {}"
    then = answers.map(", and the next ones with {}".format)
    return _part(
        [said.format(each, answer) for each in _ATTEMPTS for answer in _USUAL_ANSWERS],
        "nothing answers at the endpoint",
        "the bucket is deleted just before the upload",
        st.builds(said.format, attempts, answers),
        st.builds(f"{said}{{}}".format, st.sampled_from(_ATTEMPTS[:2]), answers, then),
    )


def _parts(features: Collection[str]) -> list[Strategy]:
    """The parts, in the order in which their sentences stand."""
    return [
        _credentials(),
        _part(
            [(_NO_REGION, _REGION), _REGION],
            'the option aws_region is "cn-north-1"',
            _OTHER_REGION,
            ("the option aws_region is empty", _REGION),
            _NO_REGION,
            (_NO_REGION, _OTHER_REGION),
        ),
        _part(
            [(_NO_BUCKET, _BUCKET)],
            ('a bucket "elsewhere"', _BUCKET.replace("reports", "elsewhere")),
            ("the option bucket_name is empty", _BUCKET),
            _NO_BUCKET,
        ),
        _part(
            ['the option file_format is "yaml"'],
            "the option file_format is not set",
            "the option file_format is empty",
        ),
        _part(
            ['the option key_prefix is "security/team-b"', 'the option key_prefix is "team a/b"'],
            "the option key_prefix is not set",
            "the option key_prefix is empty",
            _PREFIXES.map('the option key_prefix is "{}"'.format),
        ),
        _part(
            ["scan results with no findings", "scan results with common values"],
            "scan results with a project whose name has line breaks",
            "scan results with values for which JSON has no type",
            "scan results with unusual numbers, characters, and names",
            _JSON.map(lambda value: f"scan results with the JSON value {_in_a_line(value)}"),
        ),
        _part(
            ["a scan whose start is 2026-01-15T10:30:00Z"],
            "a scan whose start is missing",
            "a scan whose start is empty text",
            "a scan whose start is a date and time",
            _INSTANTS.map(lambda start: f"a scan whose start is {start.isoformat()}"),
        ),
        _part(
            ["an earlier, larger scan was reported before", "the same scan was reported before"],
            "the same scan, the other format was reported before",
            "an earlier scan without findings was reported before",
        ),
        _part(
            ["the bucket contains objects of others"],
            "the bucket contains the report of another scan",
            "the bucket contains a dozen reports of the same day",
            "the bucket is missing",
        ),
        _part(
            ["the output folder contains files of other programs"],
            "a file takes the place of the reports folder",
        ),
        _part(["ASH Core logs at debug level"]),
        *([_retry_options()] if "retry-options" in features else []),
        _answer(),
    ]


def _retry_options() -> Strategy:
    return _part(
        ["the option max_retries is 0", "the option max_retries is 1"],
        "the option base_delay is 0",
        ("the option max_retries is 5", "the option max_delay is 0.05"),
        ("the option base_delay is 0.05", "the option max_delay is 0.01"),
    )


def _in_a_line(value: Any) -> str:
    """A value as JSON that Gherkin takes for text."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e")


def situations(features: Collection[str]) -> Strategy:
    """Situations for a reporter that declares some features."""
    return st.tuples(*_parts(features)).map(_together)


def _together(parts: Sequence[_Part]) -> Situation:
    given = (sentence for part in parts for sentence in part.given)
    return Situation((CONFIGURED, *given), is_unusual=any(part.is_unusual for part in parts))
