"""Content types that are the expected one, and others."""

import pytest

from s3_reporter_conformance.judging.content_type import is_content_type


@pytest.mark.parametrize(
    "seen",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/json; profile=x",
    ],
)
def test_case_and_parameters_do_not_matter(seen: str) -> None:
    assert is_content_type(seen, "application/json")


@pytest.mark.parametrize(
    "seen",
    [
        "",
        "text/plain",
        "application/yaml",
        "application/json; charset=iso-8859-1",
        "application/json, application/json",
        "json",
    ],
)
def test_the_type_and_the_charset_matter(seen: str) -> None:
    assert not is_content_type(seen, "application/json")
