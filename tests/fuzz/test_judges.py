"""The judges of keys, URLs, and secrets: right values pass, and wrong ones do not."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

from hypothesis import assume, example, given
from hypothesis import strategies as st
from strategies import MOMENTS, TEXTS

from s3_reporter_conformance.judging.key_timestamp import denotes, instants, timestamp_in
from s3_reporter_conformance.judging.s3_url import flaw_of, is_url
from s3_reporter_conformance.judging.secrets import appears

ENDPOINT = "http://127.0.0.1:4566"
SEPARATORS = st.text(st.characters(exclude_characters="/0123456789", codec="utf-8"), max_size=2)
# Within these years, every zone can be told.
USUAL = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)).map(  # noqa: DTZ001 -- given a zone
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
OFFSETS = st.integers(-14 * 60, 14 * 60)


def written(moment: datetime, separators: list[str], zone: str) -> str:
    parts = f"{moment.year:04} {moment:%m %d %H %M %S}".split()
    text = "".join(part + each for part, each in zip(parts, [*separators, ""], strict=True))
    return text + (f".{moment.microsecond:06}" if moment.microsecond else "") + zone


@given(USUAL, st.lists(SEPARATORS, min_size=5, max_size=5), OFFSETS, st.integers(1, 10**9))
def test_a_time_is_found_however_it_is_written_and_another_is_not(
    moment: datetime, separators: list[str], offset: int, seconds: int
) -> None:
    start = moment.replace(tzinfo=timezone.utc)
    local = start.astimezone(timezone(timedelta(minutes=offset)))
    hours, minutes = divmod(abs(offset), 60)
    zone = f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
    assert denotes(written(moment, separators, "Z"), start)
    assert denotes(written(local, separators, zone), start)
    assert denotes(written(moment, separators, ""), start.isoformat())
    other = moment + timedelta(seconds=seconds if moment.year < 5000 else -seconds)
    assert not denotes(written(other, separators, "Z"), start)
    assert not denotes(written(moment, separators, f"+{1 + seconds % 12:02}:00"), start)


@given(st.text(max_size=40) | MOMENTS.map(str), MOMENTS | st.text(max_size=40) | MOMENTS.map(str))
@example("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00")
@example("20260115103000", "9999-12-31T23:59:59-14:00")
def test_no_text_breaks_the_judges(text: str, start: str | datetime) -> None:
    assert denotes(text, start) in {True, False}
    assert denotes(str(start), start)
    assert all(moment.tzinfo is timezone.utc for moment in instants(text))
    assert not text or "/" in text or timestamp_in(f"ash-report-{text}.json") == text
    for url in (text, f"https://{text}", f"s3://{text}", f"https://s3.amazonaws.com/{text}"):
        # What leads somewhere, a receiver takes for a URL, too.
        assert flaw_of(url, ("reports", text), {REGION}, ENDPOINT) or is_url(url)


KEYS = st.text(min_size=1, max_size=30).filter(lambda key: not key.startswith("/"))
BUCKETS = st.from_regex(r"[a-z0-9][a-z0-9-]{1,20}[a-z0-9]", fullmatch=True)
REGION = "eu-west-1"
FORMS: tuple[Callable[[str, str], str], ...] = (
    lambda bucket, key: f"https://{bucket}.s3.{REGION}.amazonaws.com/{key}",
    lambda bucket, key: f"https://{bucket}.s3.dualstack.{REGION}.amazonaws.com/{key}",
    lambda bucket, key: f"https://{bucket}.s3.amazonaws.com/{key}",
    lambda bucket, key: f"https://s3.{REGION}.amazonaws.com/{bucket}/{key}",
    lambda bucket, key: f"{ENDPOINT}/{bucket}/{key}",
)


@given(BUCKETS, KEYS, st.sampled_from(FORMS), KEYS)
def test_the_url_of_an_object_leads_to_it_and_to_no_other(
    bucket: str, key: str, form: Callable[[str, str], str], other: str
) -> None:
    def leads(url: str, endpoint: str = ENDPOINT) -> bool:
        return not flaw_of(url, (bucket, key), {REGION}, endpoint)

    url = form(bucket, quote(key))
    assert leads(f"s3://{bucket}/{key}")
    assert leads(url)
    assert key == other or not leads(form(bucket, quote(other)))
    for host in ("amazonaws.com.evil.org", "amazonaws.org", "s3.com"):
        assert not leads(url.replace("amazonaws.com", host), "http://x")
    assert not leads(url + "?X-Amz-Signature=0a")
    assert "+" not in key or not leads(form(bucket, key))


SECRETS = st.text(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", min_size=40, max_size=60
)
HIDDEN: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: quote(text, safe=""),
    lambda text: text.encode().hex().upper(),
    lambda text: b64encode(text.encode()).decode(),
    lambda text: urlsafe_b64encode(text.encode()).decode(),
)


@given(SECRETS, TEXTS, TEXTS, st.sampled_from(HIDDEN), st.integers(0, 20))
def test_a_secret_is_found_wherever_it_is(
    secret: str, before: str, after: str, hide: Callable[[str], str], start: int
) -> None:
    assert appears(secret, (before + hide(secret[start : start + 20]) + after).encode())
    assert appears(secret, hide(f"{before} {secret} {after}").encode())
    # Less than half of it may be shown, as of an access key.
    assume(secret[start : start + 10] not in before + after)
    assert not appears(secret, f"{before}|{hide(secret[start : start + 10])}|{after}".encode())
