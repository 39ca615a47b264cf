"""Texts that are S3 URLs, and the objects that they name."""

import pytest

from s3_reporter_conformance.judging.s3_url import Location, is_url, locate

ENDPOINT = "http://127.0.0.1:4566"


@pytest.mark.parametrize(
    ("url", "key", "region"),
    [
        ("s3://reports/a%20b.json", "a%20b.json", None),
        ("https://reports.s3.eu-west-1.amazonaws.com/a%20b.json", "a b.json", "eu-west-1"),
        ("https://s3-eu-west-1.amazonaws.com/reports/b.json", "b.json", "eu-west-1"),
        ("https://s3.cn-north-1.amazonaws.com.cn/reports//b.json", "/b.json", "cn-north-1"),
        ("https://s3-fips.us-gov-west-1.amazonaws.com/reports/b.json", "b.json", "us-gov-west-1"),
        ("https://reports.s3.eusc-de-east-1.amazonaws.eu/b.json", "b.json", "eusc-de-east-1"),
        ("https://s3.us-isob-east-1.sc2s.sgov.gov/reports/b.json", "b.json", "us-isob-east-1"),
        ("https://reports.s3.amazonaws.com/a%2Bb%25%23%3F&=.json", "a+b%#?&=.json", None),
    ],
)
def test_an_s3_url_points_to_a_key(url: str, key: str, region: str | None) -> None:
    assert locate(url, ENDPOINT) == Location("reports", key, region)
    assert locate(url.replace("reports.s3", "my.reports.s3"), ENDPOINT)


@pytest.mark.parametrize(
    "url",
    [
        *("https://reports.example.com/b.json", "https://example.com/reports/b.json"),
        *("https://amazonaws.com/reports/b.json", "https://s3-accelerate.amazonaws.com/reports/b"),
        "https://reports.s3.eu-west-1.amazonaws.com.example.com/b.json",
        "https://eu-west-1.console.aws.amazon.com/s3/object/reports?prefix=b.json",
        *(f"https://reports.s3.amazonaws.com/{key}" for key in ("two words", "b\n", "100%/b", "+")),
        "https://[/b.json",
        "https://reports.s3.cn-north-1.amazonaws.com/b.json",
        "https://s3.eusc-de-east-1.amazonaws.com/reports/b.json",
        *("reports/b.json", "uploaded to s3://reports/b.json", ""),
    ],
)
def test_other_texts_point_nowhere(url: str) -> None:
    assert locate(url, ENDPOINT) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("s3://reports/b.json failed: Access Denied", True),
        (" S3://reports/b", True),
        ("https://s3.amazonaws.com cannot be reached", False),
        ("Access Denied to s3://reports/b.json", False),
    ],
)
def test_a_receiver_tells_urls_from_messages(text: str, is_one: bool) -> None:
    assert is_url(text) is is_one
