"""The evidence of a call in a report is without secrets, and legible."""

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from s3_reporter_conformance.reporting.evidence import redact
from s3_reporter_conformance.s3.credentials import Credentials

if TYPE_CHECKING:
    from s3_reporter_conformance.scenario.world import World

URL = (
    "http://wire/reports/a?X-Amz-Credential=AKIAKEY%2F20260115%2Feu-west-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20260115T103000Z&X-Amz-Signature=0123abcd"
)


WORLD = cast(
    "World",
    SimpleNamespace(
        credentials={"profile default": Credentials("AKIAKEY", "secretsecret")},
        buckets={},
        folder=Path("/folder"),
        wire=SimpleNamespace(url="http://wire"),
    ),
)


def test_what_signs_a_url_is_masked_and_nothing_else() -> None:
    assert redact(WORLD)(f"AKIAKEY sent {URL} twice") == (
        "(access key id of profile default) sent http://s3/reports/a?X-Amz-Credential=***"
        "&X-Amz-Date=20260115T103000Z&X-Amz-Signature=*** twice"
    )


def test_what_is_left_of_a_secret_where_a_text_was_cut_is_taken_out() -> None:
    assert redact(WORLD)("key=secretse ... (900 characters)") == (
        "key=(secret access key of profile default) ... (900 characters)"
    )
    assert redact(WORLD)("no secret ... at all") == "no secret ... at all"
