"""Replies of programs are read, or refused in words."""

import json

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs
from strategies import JSON, mutated

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.contract import Operation, read_reply
from s3_reporter_conformance.adapters.log_lines import level_of
from s3_reporter_conformance.words.errors import AdapterError

REPLIES = {
    Operation.VALIDATE: b'{"ready": false, "message": "set bucket_name"}',
    Operation.REPORT: b'{"returned": "s3://bucket/key"}',
    Operation.SCAN: b'{"exit_code": 0}',
}
VALID = tuple(REPLIES.values())
ANY = (
    mutated(*VALID)
    | st.binary(max_size=40)
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.tuples(mutated(*VALID), st.sampled_from(VALID)).map(b"".join)
)


@given(st.sampled_from(Operation), ANY)
@example(Operation.REPORT, b'{"returned": "a", "returned": "b"}')
@example(Operation.REPORT, b'{"returned": "\\ud800"}')
@example(Operation.VALIDATE, b"[" * 100_000)
@example(Operation.SCAN, b'{"exit_code": 1e400}')
def test_a_reply(operation: Operation, output: bytes) -> None:
    try:
        reply = read_reply(output, operation)
    except AdapterError as error:
        assert f"the reply to {operation.value} is malformed" in str(error)
        return
    assert json.loads(output).items() <= structs.asdict(reply).items()
    # It can be told.
    assert str(reply).encode().decode() == str(reply)


@given(
    st.text(max_size=80)
    | mutated(b'{"level": "error", "a": 1}').map(lambda line: line.decode("latin-1"))
)
@example('{"a":' * 100_000)
def test_lines_of_a_log(text: str) -> None:
    outcome = Outcome(True, stdout=text, stderr=text)
    assert all(line in text for line in outcome.errors)
    assert {level_of(line) for line in outcome.errors} <= {"ERROR", "CRITICAL", "FATAL"}
    assert bool(outcome.complaints) >= bool(outcome.errors)
