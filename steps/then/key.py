"""Then: the object's key."""

from pytest_bdd import parsers, then

from ...judging.key_timestamp import (
    denotes,
    denotes_roughly,
    is_placeholder,
    meant_by,
    mistaken_for,
    timestamp_of,
)
from ...judging.live_scan import is_within
from ...scenario.observation import REPORT
from ...scenario.run import Run
from ...words.errors import Nonconformance


@then("the key begins with the prefix")
def key_begins_with_the_prefix(run: Run) -> None:
    prefix = run.prefix or ""
    if not run.key.startswith(prefix.rstrip("/")):
        raise Nonconformance(f"a key that begins with the prefix {prefix!r}", run.key)


@then("one slash, and ash-report-, follow the prefix")
def one_slash_follows(run: Run) -> None:
    prefix = (run.prefix or "").rstrip("/")
    beginning = f"{prefix}/{REPORT}" if prefix else REPORT
    # A reporter may treat an empty prefix as not set.
    is_default = not prefix and not run.key.startswith("/")
    is_right = run.key.startswith(beginning) or (is_default and f"/{REPORT}" in run.key)
    # That the timestamp is missing, another rule says.
    is_right = is_right or run.key.startswith(f"{beginning[:-1]}.")
    if not is_right and run.key.startswith(prefix):
        expected = f"a key that begins {beginning}, with the prefix {run.prefix!r}"
        raise Nonconformance(expected, run.key)


@then("no second slash follows the prefix")
def no_second_slash_follows(run: Run) -> None:
    prefix = run.prefix or ""
    if run.key.startswith(f"{prefix}/"):
        expected = f"a key that begins {prefix}{REPORT}, with the prefix {prefix!r}"
        raise Nonconformance(expected, run.key)


@then(parsers.parse('the key ends with "{ending}"'))
def key_ends_with(run: Run, ending: str) -> None:
    if not run.key.endswith(ending):
        raise Nonconformance(f"a key that ends {ending}", run.key)


@then(parsers.re("the timestamp in the key is the start of the scan(?P<rough>, to the second)?"))
def timestamp_denotes_the_start(run: Run, rough: str | None) -> None:
    start = run.results.start
    if start is None:
        return
    timestamp = timestamp_of(run) or ""
    is_rough = any(denotes_roughly(timestamp, each) for each in meant_by(start))
    is_exact = any(denotes(timestamp, each) for each in meant_by(start))
    # That it is no time of the start at all, another rule says.
    if not is_rough if rough else is_rough and not is_exact:
        more = "" if rough else ", with the fraction if there is one and the zone unless it is UTC"
        raise Nonconformance(
            f"a key with ash-report-<timestamp>, where the timestamp is {start}, or the year, "
            f"month, day, hour, minute, and second of the same instant{more}",
            ", ".join(filter(None, (run.key, mistaken_for(timestamp, start)))),
        )


@then("the timestamp in the key is a time between the start and the end of the scan")
def timestamp_is_within_the_scan(run: Run) -> None:
    timestamp = timestamp_of(run)
    if timestamp is None or not is_within(timestamp, run.observation):
        raise Nonconformance(
            f"a key with a time from {run.observation.began:%Y-%m-%dT%H:%M:%SZ} to "
            f"{run.observation.ended:.1f} s later",
            run.key,
        )


@then("the key contains no placeholder such as None")
def key_holds_no_word_for_nothing(run: Run) -> None:
    is_nameless = not run.results.start and timestamp_of(run) is None
    if any(map(is_placeholder, run.key.split("/"))) or is_nameless:
        raise Nonconformance("a key ash-report-<timestamp>, without a placeholder", run.key)


@then("the name of the object contains no colon, plus sign, space, or bracket")
def name_holds_none_of_them(run: Run) -> None:
    name = run.key.rpartition("/")[2]
    if found := sorted(set(":+ []{}") & set(name)):
        raise Nonconformance("a name without any of :+[]{} or space", f"{name}, with {found[0]!r}")
