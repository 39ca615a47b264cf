"""Draws situations: about each topic, what some scenario of the features says, and more."""

import json
import re
import string
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from ..spec.gherkin import all_scenarios
from ..spec.rules import Scenario
from .situation import CONFIGURED, RUN, TOPICS, Situation, topic_of, without

Strategy = st.SearchStrategy[Any]

_DEFAULT = None
_CALLS = (RUN, "another program asks")
# So many unusual choices are drawn twice as often.
_MANY = 10
# What costs time or further calls, or leaves little to judge, is drawn more rarely.
_RARE = {*map(topic_of, ("base_delay is", "reported before", "time_limit", "another program asks"))}

DEFAULTS = re.compile(
    r"S3 answers every attempt with success|.* at info level|scan results with "
    r'findings|the option (key_prefix is "scans"|file_format is "json"|aws_region is "eu-west-1"'
    r'|bucket_name is the bucket "reports"|aws_profile is not set)'
)
"""Sentences that say what holds without them, and so are not drawn."""

LEFT_OUT: Mapping[str, str] = {
    r"scan results with [\d,]+ findings|base_delay is 20 s": "it takes seconds, unless rare",
    r".*reads the bucket|the bucket's events": "other programs judge few runs, and take seconds",
    r"the tool scans|(a|the) folder (with findings|was scanned)": "a tool takes minutes",
}
"""What else is not drawn, and why."""

_MORE: Sequence[str] = (
    'the option key_prefix is "{text}"',
    'the option key_prefix is "s3://{text}"',
    'the option key_prefix is "data:{text}"',
    'the option key_prefix is "' + "/".join(["{text}"] * 9) + '"',
    "scan results with the JSON value {json}",
    "a scan whose start is {instant}",
    "a scan whose start is missing",
    "a scan whose start is empty text",
    'the option aws_region is "{region}"',
    'the environment variable AWS_REGION is "{region}"',
    "S3 answers {attempts} with {answer}",
    "S3 answers {attempts} with {passing}, and the next ones with {answer}",
)
"""Unusual sentences with something drawn for each name in braces."""

_COSTLY: Sequence[tuple[str, ...]] = (
    ("scan results with 12,000 findings", 'the option file_format is "json"'),
    (
        "ASH Core runs the reporter until its waits can be measured",
        "base_delay is 20 s if the reporter has this option",
        "S3 answers every attempt with AccessDenied",
    ),
)
"""What takes seconds but in this company, where the last sentence tells the topic."""

_LETTERS = string.ascii_letters + string.digits + string.punctuation + " éß\u0301ñ\u00a0日本語🔒"
_CONTROLS = "\0\t\n\r\x1b\x7f\x85\u2028\ufeff\U0001f469\u200d"
_LOOKALIKES = ("null", "~", "yes", "1e3", "0x1F", "0o7", "1_000", "2026-01-15", "=", "<<", ".nan")
_DIGIT = st.sampled_from(string.digits[1:])
# For `st.text()`, Hypothesis makes a table of all characters first.
_CHARACTERS = st.lists(st.sampled_from(_LETTERS + _CONTROLS), max_size=20)
_TEXTS = _CHARACTERS.map("".join) | st.sampled_from(_LOOKALIKES)
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda items: st.lists(items, max_size=4) | st.dictionaries(_TEXTS, items, max_size=4),
    max_leaves=8,
)
_MANY_VALUES = st.dictionaries(_TEXTS, _JSON, min_size=4, max_size=8)
_ZONES = st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
_FIRST, _LAST = datetime(1970, 1, 2), datetime(2199, 12, 30)  # noqa: DTZ001 -- Hypothesis adds zones
_INSTANTS = st.datetimes(_FIRST, _LAST) | st.datetimes(_FIRST, _LAST, timezones=_ZONES)
_AREAS = st.sampled_from(("ap", "us-gov", "af", "xx"))  # and one that nobody knows yet
_REGIONS = st.builds("{}-{}-{}".format, _AREAS, st.sampled_from(("east", "northwest")), _DIGIT)
_ANSWER = re.compile(r"^S3 answers (the first .*?|every attempt) with ([^,\n]+)", re.MULTILINE)


def situations(features: Collection[str]) -> Strategy:
    """Situations for a reporter that declares some features."""
    _draw_no_local_constants()
    scenarios = [each for each in all_scenarios() if each.feature in {None, *features}]
    topics = (_topic(name, scenarios) for name in TOPICS)
    return _situations([each for each in topics if each is not None], _names(scenarios))


@st.composite
def _situations(
    draw: st.DrawFn, topics: Sequence[Strategy], names: Mapping[str, Strategy]
) -> Situation:
    name_in_braces = re.compile(f"{{({'|'.join(names)})}}")
    given, when, is_unusual = [CONFIGURED], RUN, False
    for topic in topics:
        kind = draw(topic)
        if kind is _DEFAULT:
            continue
        said, is_odd = draw(kind)
        is_unusual |= is_odd
        given = without(said, given)
        for template in said:
            sentence = name_in_braces.sub(lambda name: draw(names[name[1]]), template)
            if sentence.startswith(_CALLS):
                when = sentence
            else:
                given.append(sentence)
    return Situation(tuple(given), when, is_unusual)


def _topic(name: str, scenarios: Sequence[Scenario]) -> Strategy | None:
    """The kinds of what can be said about a topic, each as often as it is to be drawn."""
    usual: dict[tuple[str, ...], bool] = {}
    for scenario in scenarios:
        if said := _about(name, scenario):
            usual[said] = usual.get(said, False) or not scenario.is_unusual
    more = [(template,) for template in _MORE if topic_of(template) == name]
    drawn = [(each, True) for each in more if each not in usual]
    kinds: list[Any] = [_DEFAULT] * (20 if name in _RARE else 4)
    for is_usual in (True, False):
        # The simplest first, to which Hypothesis shrinks.
        choices = sorted((each for each in usual if usual[each] is is_usual), key=len)
        if choices:
            often = 3 if is_usual else 2 if len(choices) > _MANY else 1
            kinds += [st.sampled_from([(each, not is_usual) for each in choices])] * often
    kinds += [st.sampled_from(drawn)] * 2 if drawn else []
    kinds = kinds * 12 + [st.just((each, True)) for each in _COSTLY if topic_of(each[-1]) == name]
    # Not sampled from, which would write all of them down again and again.
    return st.integers(0, len(kinds) - 1).map(lambda number: kinds[number]) if usual else None


def _about(name: str, scenario: Scenario) -> tuple[str, ...]:
    """What a scenario says about a topic; nothing if that is left out."""
    said: dict[str, str] = {}
    for each in (*scenario.given, scenario.when):
        if topic_of(each) == name:
            # Of a setting, the last sentence counts.
            setting = each.partition(" is ")[0]
            said.pop(setting, None)
            said[setting] = each
    is_left_out = any(re.match(words, each) for words in LEFT_OUT for each in said.values())
    return () if is_left_out else tuple(e for e in said.values() if not DEFAULTS.fullmatch(e))


def answers_in(scenarios: Sequence[Scenario]) -> Sequence[Sequence[str]]:
    """The attempts that S3 answers, its answers, and those that only the first attempts get."""
    given = {each: None for scenario in scenarios for each in scenario.given}
    found = _ANSWER.findall("\n".join(each for each in given if not DEFAULTS.fullmatch(each)))
    said = [(attempts, answer) for attempts, answer in found if topic_of(answer) == answer]
    passing = (answer for attempts, answer in said if attempts != "every attempt")
    return [list(dict.fromkeys(words)) for words in (*zip(*said, strict=True), passing)]


def _names(scenarios: Sequence[Scenario]) -> Mapping[str, Strategy]:
    """What is drawn for each name in braces."""
    attempts, answers, passing = map(st.sampled_from, answers_in(scenarios))
    return {
        "attempts": attempts,
        "answer": answers,
        "passing": passing,
        "region": _REGIONS,
        "text": st.lists(st.sampled_from(_LETTERS), min_size=1, max_size=40).map("".join),
        "json": (_JSON | _MANY_VALUES).map(json.dumps),
        "instant": _INSTANTS.map(datetime.isoformat),
    }


def _draw_no_local_constants() -> None:
    """Keep Hypothesis from drawing what stands in modules that are not installed, such as a user's.

    Else a seed draws something else in a checkout, or beside other modules.
    """
    # It is not public: without it, a seed is good for one place.
    with suppress(ImportError, AttributeError):
        from hypothesis.internal.conjecture import providers  # noqa: PLC0415
        from hypothesis.internal.constants_ast import Constants  # noqa: PLC0415

        none = Constants()
        setattr(providers, "_get_local_constants", lambda: none)  # noqa: B010
        # What was drawn before may be in it.
        providers.CONSTANTS_CACHE.cache.clear()
