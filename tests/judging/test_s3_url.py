"""URLs that lead to an object of S3, and what is wrong with others."""

import pytest

from s3_reporter_conformance.judging.s3_url import flaw_of, is_url

ENDPOINT = "http://127.0.0.1:4566"


def flaw(url: str, key: str = "b.json", region: str = "eu-west-1", bucket: str = "reports") -> str:
    return flaw_of(url, (bucket, key), {region}, ENDPOINT)


@pytest.mark.parametrize(
    ("url", "key", "region"),
    [
        ("s3://reports/a%20b.json", "a%20b.json", "eu-west-1"),
        (f"{ENDPOINT}/reports/a%2Bb.json", "a+b.json", "eu-west-1"),
        ("http://reports.127.0.0.1:4566/a%2Bb.json", "a+b.json", "eu-west-1"),
        ("https://reports.s3.eu-west-1.amazonaws.com/a%20b.json", "a b.json", "eu-west-1"),
        ("https://s3-eu-west-1.amazonaws.com/reports/b.json", "b.json", "eu-west-1"),
        ("https://s3.cn-north-1.amazonaws.com.cn/reports//b.json", "/b.json", "cn-north-1"),
        ("https://s3-fips.us-gov-west-1.amazonaws.com/reports/b.json", "b.json", "us-gov-west-1"),
        ("https://s3.dualstack.eu-west-1.amazonaws.com/reports/b.json", "b.json", "eu-west-1"),
        ("HTTPS://s3.eu-west-1.amazonaws.com:443/reports/b.json", "b.json", "eu-west-1"),
        ("https://reports.s3.eusc-de-east-1.amazonaws.eu/b.json", "b.json", "eusc-de-east-1"),
        ("https://s3.us-isob-east-1.sc2s.sgov.gov/reports/b.json", "b.json", "us-isob-east-1"),
        ("https://s3.amazonaws.com/reports/a%2Bb%25%23%3F&=.json", "a+b%#?&=.json", "us-east-1"),
        ("https://reports.s3.amazonaws.com/b.json", "b.json", "eu-west-1"),
    ],
)
def test_an_s3_url_leads_to_a_key(url: str, key: str, region: str) -> None:
    assert not flaw(url, key, region)
    assert is_url(url)
    assert not flaw(url.replace("reports", "my.reports"), key, region, "my.reports")


AWS = "https://reports.s3.eu-west-1.amazonaws.com"


@pytest.mark.parametrize(
    ("url", "region", "said"),
    [
        *(
            (
                "https://example.com/b",
                "eu-west-1",
                "has the host example.com; expected s3.eu-west-1",
            ),
        ),
        ("https://s3.amazonaws.com/reports/b.json", "eu-west-1", "has the host s3.amazonaws.com;"),
        ("https://reports.s3.amazonaws.com/b.json", "me-south-1", "s3.me-south-1.amazonaws.com"),
        ("https://reports.s3.amazonaws.com/b.json", "cn-north-1", "s3.cn-north-1.amazonaws.com.cn"),
        ("https://s3-me-south-1.amazonaws.com/reports/b.json", "me-south-1", "has the host"),
        ("https://s3.eusc-de-east-1.amazonaws.com/reports/b", "eusc-de-east-1", "amazonaws.eu"),
        ("https://s3-fips.eu-west-1.amazonaws.com/reports/b.json", "eu-west-1", "has the host"),
        ("https://reports.s3-accelerate.amazonaws.com/b.json", "eu-west-1", "has the host"),
        ("https://reports.s3.eu-west-3.amazonaws.com/b.json", "eu-west-1", "has the host"),
        (f"{AWS}.example.com/b.json", "eu-west-1", "has the host"),
        *(
            (f"{AWS}/b.json{more}", "eu-west-1", f"behind the key: {more}")
            for more in ("?acl", "#x")
        ),
        (f"{AWS}/b.json?X-Amz-Signature=0a", "eu-west-1", "is presigned"),
        *((f"{AWS}/{key}", "eu-west-1", "is not a URL and") for key in ("two words", "b\n")),
        *((f"{AWS}/{key}", "eu-west-1", "is not percent-encoded") for key in ("100%/b", "+")),
        (f"{AWS}/b.json;x", "eu-west-1", "names the key 'b.json;x'"),
        ("s3://report/b.json", "eu-west-1", "names the bucket 'report'"),
        ("https://[/b.json", "eu-west-1", "is no URL"),
        *((text, "eu-west-1", "is no URL") for text in ("", "reports/b.json")),
        ("to s3://reports/b", "eu-west-1", "is not a URL and nothing else"),
    ],
)
def test_what_is_wrong_with_another_is_said(url: str, region: str, said: str) -> None:
    assert said in flaw(url, region=region)


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
