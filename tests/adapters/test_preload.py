"""An import that depends on a call takes place in each call, others once."""

import textwrap
from collections.abc import Callable
from typing import Any

import boto3
import botocore.session
import pytest

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.fork_server_main import load_sdk

Run = Callable[..., Outcome]

REPORTER = """
import os, time
IMPORTED = os.getpid()
{imported}
class Reporter:
    def __init__(self, options, output_dir):
        pass
    def validate(self):
        return True
    def report(self, results):
        return str({returned})
"""
IN_THE_CALL = "IMPORTED == os.getpid()"
STARTED = """
import threading
THREAD = threading.Thread(target=time.sleep, args=(60,), daemon=True)
THREAD.start()
"""
CALL = {"HOME": "/the/call", "AWS_REGION": "eu-west-1", "TZDIR": "/zones"}


def reporter(imported: str, returned: str) -> str:
    return REPORTER.format(imported=textwrap.dedent(imported), returned=returned)


@pytest.mark.parametrize(
    ("imported", "returned", "expected"),
    [
        ("REGION = os.environ.get('AWS_REGION')", "REGION", "eu-west-1"),
        ("BUCKET = 'ASH_S3_BUCKET_NAME' in os.environ", "BUCKET", "False"),
        ("SETTINGS = os.environ.copy()", "SETTINGS['AWS_REGION']", "eu-west-1"),
        ("from pathlib import Path\nHOME = Path.home()", "HOME", "/the/call"),
        ("import boto3\nCLIENT = boto3.client('s3', 'eu-west-1')", IN_THE_CALL, "True"),
        ("os.environ['HERE'] = 'yes'", "os.environ.get('HERE')", "yes"),
        ("del os.environ['TZDIR']", "'TZDIR' in os.environ", "False"),
        (STARTED, "THREAD.is_alive()", "True"),
    ],
)
def test_an_import_sees_the_call(run: Run, imported: str, returned: str, expected: str) -> None:
    assert run(reporter(imported, returned), environment=CALL).returned == expected


@pytest.mark.parametrize(
    "imported",
    [
        "import boto3, botocore.session, yaml, dateutil.parser",
        "from s3_reporter_conformance.reference import S3Reporter",
        "os.environ.get('PATH'), os.environ.get('MY_DEBUG'), os.environ.get('TZ')",
        "print('loaded')",
    ],
)
def test_an_import_that_sees_nothing_of_a_call_is_shared(run: Run, imported: str) -> None:
    outcome = run(reporter(imported, IN_THE_CALL), environment=CALL)
    assert (outcome.returned, outcome.stdout) == ("False", "")


def test_local_time_is_that_of_the_call(run: Run) -> None:
    """Also where the C library has asked for the zone before the call."""
    source = reporter("ZONE = time.strftime('%z')", "(ZONE, time.strftime('%z'))")
    returned = run(source, environment={"TZ": "<+0130>-1:30"}).returned
    assert returned in {"('+1245', '+0130')", "('+1345', '+0130')"}


def test_sessions_share_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def loader() -> Any:
        session = botocore.session.Session()
        boto3.session.Session(botocore_session=session)
        return session.get_component("data_loader")

    create_loader = vars(botocore.session)["create_loader"]
    # Undoes what loading sets.
    monkeypatch.setattr(botocore.session, "create_loader", create_loader)
    folders = set(loader().search_paths)
    assert not any("service-2" in str(key) for key in vars(loader())["_cache"])
    load_sdk()
    assert any("service-2" in str(key) for key in vars(loader())["_cache"])
    assert set(loader().search_paths) == folders
