"""Then: the files under the output folder."""

from collections.abc import Iterator
from hashlib import sha256

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.differences import first_byte_apart
from ...judging.side_effects import changes_on_disk
from ...scenario.observation import Observation
from ...scenario.watching import Watch
from ...scenario.world import World
from ...spec.symptoms import (
    CONTENT_CHANGES,
    COPY_UNSTEADY,
    EARLY_COPY,
    FOREIGN_FILE_CHANGED,
    MORE_WRITTEN,
    NOTHING_WRITTEN,
    WRONG_COPY,
    Symptom,
)
from ..props import FOREIGN_FILE, FOREIGN_TEXT, OpenCopy
from .common import attempts_of, named


@then("the reports folder contains a copy of the object")
def folder_holds_a_copy(observation: Observation) -> None:
    if not observation.copies:
        size = len(observation.the_object.content)
        raise Nonconformance(
            f"a file under reports/ with the {size} bytes of the object",
            _files(observation),
            *_wrong_copy(observation),
        )


@then("the reports folder contains a copy of what the reporter tried to upload")
def folder_holds_a_copy_of_the_attempt(observation: Observation) -> None:
    content = attempts_of(observation)[0].payload
    if content not in observation.reports.values():
        raise Nonconformance(
            f"a file under reports/ with the {len(content)} bytes that S3 refused",
            _files(observation),
            *_wrong_copy(observation),
        )


@then("the reporter is not ready, or the reports folder contains a copy")
def not_ready_or_a_copy_is_on_disk(observation: Observation) -> None:
    # Without a request, there is nothing to compare the copy with.
    if observation.outcome.ready and not any(observation.reports.values()):
        raise Nonconformance(
            "a file under reports/ with the report", _files(observation), NOTHING_WRITTEN
        )


@then(parsers.parse('the file "{name}" is a copy of the object'))
def file_is_a_copy(observation: Observation, name: str) -> None:
    if name not in observation.copies:
        raise Nonconformance(
            f"{name} with the bytes of the object",
            _files(observation),
            *_wrong_copy(observation),
        )


@then("nothing but the copy was changed on disk")
def nothing_else_was_written(observation: Observation, world: World) -> None:
    if found := list(changes_on_disk(observation, world.results)):
        raise Nonconformance(
            "no file but one copy under reports/ added, changed, or removed",
            "; ".join(found),
            MORE_WRITTEN,
        )


@then("there was no local copy when the upload began")
def copy_was_not_there(observation: Observation) -> None:
    first = attempts_of(observation)[0]
    early = [
        name
        for name, digest in first.files.items()
        if name.startswith("reports/") and digest == first.payload_digest
    ]
    if early:
        raise Nonconformance(
            "no copy under reports/ yet when the first PutObject arrived",
            f"{named(early)}",
            EARLY_COPY,
        )


@then("the other reporter's file is unchanged")
def foreign_file_is_as_it_was(observation: Observation) -> None:
    found = observation.files.get(FOREIGN_FILE)
    if found != FOREIGN_TEXT.encode():
        raise Nonconformance(
            f"{FOREIGN_FILE} as it was",
            "it is gone" if found is None else "changed",
            FOREIGN_FILE_CHANGED,
        )


@then("the other program can read the whole earlier copy")
def open_copy_is_whole(open_copy: OpenCopy) -> None:
    found = open_copy.file.read()
    if found != open_copy.content:
        raise Nonconformance(
            f"the {len(open_copy.content)} bytes of the earlier copy",
            f"{len(found)} other bytes"
            if len(found) != len(open_copy.content)
            else first_byte_apart(open_copy.content, found),
            WRONG_COPY,
        )


@then("the copy was complete at every moment")
def copy_was_complete(observation: Observation, watch: Watch) -> None:
    names = {name.removeprefix("reports/") for name in observation.copies}
    if found := names & watch.unsteady():
        raise Nonconformance(
            "a complete file that takes the name of the copy in one step",
            f"{named(found)} removed, or written in place",
            COPY_UNSTEADY,
        )


def _wrong_copy(observation: Observation) -> Iterator[Symptom]:
    """Why no file under reports/ is a copy of the object, as far as it was seen."""
    attempts = attempts_of(observation)
    contents = {attempt.payload for attempt in attempts}
    if len(contents) > 1:
        yield CONTENT_CHANGES
    before = attempts[0].files
    written = [
        name
        for name, content in observation.files.items()
        if before.get(name) != sha256(content).hexdigest()
        and (name in observation.reports or content in contents)
    ]
    yield WRONG_COPY if written else NOTHING_WRITTEN


def _files(observation: Observation) -> str:
    return (
        "; ".join(
            f"{name} with {len(content)} bytes{_where_apart(content, observation)}"
            for name, content in observation.files.items()
        )
        or "no files"
    )


def _where_apart(content: bytes, observation: Observation) -> str:
    """Where a file that is as long as what was sent differs from it."""
    sent = next((e.payload for e in observation.exchanges if e.is_attempt), b"")
    if len(content) != len(sent) or content == sent:
        return ""
    return f", of which {first_byte_apart(sent, content)}"
