import sys
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest

from s3_reporter_conformance.adapters.sdk_warm_up import warm_up_sdk


@pytest.fixture(autouse=True)
def original(monkeypatch: pytest.MonkeyPatch) -> Any:
    create_loader = vars(botocore.session)["create_loader"]
    # Undoes what the warm-up sets.
    monkeypatch.setattr(botocore.session, "create_loader", create_loader)
    return create_loader


def loader() -> Any:
    session = botocore.session.Session()
    boto3.session.Session(botocore_session=session)
    return session.get_component("data_loader")


def read(parsed: Any) -> list[str]:
    return [str(key) for key in vars(parsed)["_cache"] if "service-2" in str(key)]


def test_the_first_session_takes_over_what_was_read() -> None:
    assert read(loader()) == []
    warm_up_sdk()
    assert read(loader())
    assert read(loader()) == []


def test_the_folders_are_those_of_any_session() -> None:
    folders = loader().search_paths
    warm_up_sdk()
    assert loader().search_paths == folders


def test_other_data_of_the_sdk_is_read_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    warm_up_sdk()
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    other = loader()
    assert str(tmp_path) in other.search_paths
    assert read(other) == []


def test_a_reporter_without_the_sdk_loads_none(
    monkeypatch: pytest.MonkeyPatch, original: Any
) -> None:
    monkeypatch.delitem(sys.modules, "boto3")
    warm_up_sdk()
    assert "boto3" not in sys.modules
    assert vars(botocore.session)["create_loader"] is original


def test_a_changed_sdk_is_left_alone(monkeypatch: pytest.MonkeyPatch, original: Any) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(boto3.session, "Session", refuse)
    warm_up_sdk()
    assert vars(botocore.session)["create_loader"] is original
