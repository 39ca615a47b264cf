"""Everything observed during one call, for the Then steps to judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from itertools import pairwise

from ..adapters.base import Outcome
from ..backends.base import BucketEvent, StoredObject
from ..errors import Nonconformance
from ..spec.symptoms import (
    GONE,
    NO_BUCKET_FOUND,
    NO_PROFILE_FOUND,
    NO_TEXT,
    NOT_READY,
    NOTHING_SENT,
    REFUSED,
    WRONG_REQUEST,
    Symptom,
)
from ..wire.exchange import UPLOADS, Exchange
from ..wire.faults import INJECTED

# The words of the options, in the order in which the configuration diagram asks for them.
_WANTED: Mapping[str, Symptom] = {
    "region": NOT_READY,
    "bucket": NO_BUCKET_FOUND,
    "profile": NO_PROFILE_FOUND,
}


@dataclass(frozen=True)
class Observation:
    """Everything observed during one call.

    Attributes:
        outcome: What the reporter returned, logged, and printed.
        exchanges: The requests and responses on the wire.
        objects: The objects in the scenario's buckets.
        files: The files under the output folder, by relative path.
        ended: When the call ended, in seconds since it began.
        events: The bucket's events about new objects, if the scenario watches it.
        bucket_names: The real names of the buckets, by their names in the scenario.
        files_before: The files under the output folder before the call.
        files_elsewhere: The new and changed files in HOME, in TMPDIR, and beside the output folder;
            without content if they are gone.
        modes_before: The permissions under the output folder before the call, and `.` its own.
        modes: Those after the call.
        began: When the call began, by the clock.
    """

    outcome: Outcome
    exchanges: tuple[Exchange, ...]
    objects: tuple[StoredObject, ...]
    files: Mapping[str, bytes]
    ended: float
    events: tuple[BucketEvent, ...] = ()
    bucket_names: Mapping[str, str] = field(default_factory=dict)
    files_before: Mapping[str, bytes] = field(default_factory=dict)
    files_elsewhere: Mapping[str, bytes] = field(default_factory=dict)
    modes_before: Mapping[str, int] = field(default_factory=dict)
    modes: Mapping[str, int] = field(default_factory=dict)
    began: datetime = field(default_factory=lambda: datetime.now(timezone.utc))

    @property
    def uploads(self) -> tuple[Exchange, ...]:
        """The requests that write an object in any way."""
        return tuple(e for e in self.exchanges if e.operation in UPLOADS)

    @property
    def attempts(self) -> tuple[Exchange, ...]:
        """The PutObject requests (interpretation 1)."""
        return tuple(e for e in self.exchanges if e.is_attempt)

    @property
    def earlier_errors(self) -> tuple[str, ...]:
        """The error codes that were injected before the last attempt."""
        faults = (attempt.fault or "" for attempt in self.attempts[:-1])
        return tuple(fault.removeprefix(INJECTED) for fault in faults)

    @property
    def waits(self) -> tuple[float, ...]:
        """The seconds between one attempt and the next."""
        times = [attempt.time for attempt in self.attempts]
        return tuple(later - earlier for earlier, later in pairwise(times))

    @property
    def reports(self) -> Mapping[str, bytes]:
        """The files in the folder `reports`."""
        return {n: content for n, content in self.files.items() if n.startswith("reports/")}

    @property
    def copies(self) -> tuple[str, ...]:
        """The files in the folder `reports` that are byte for byte the object."""
        content = self.the_object.content
        return tuple(name for name, copy in self.reports.items() if copy == content)

    @property
    def the_object(self) -> StoredObject:
        """The object that the reporter wrote; the first one, if it wrote several.

        Raises:
            Nonconformance: It wrote none, or one that nobody can read (interpretation 12).
        """
        if not self.objects:
            raise self.without_object("an object in the bucket")
        order = [(upload.bucket, upload.key) for upload in self.uploads if upload.succeeded]
        first = min(
            self.objects,
            key=lambda o: order.index(name) if (name := (o.bucket, o.key)) in order else len(order),
        )
        return _readable(first)

    @property
    def readable_objects(self) -> tuple[StoredObject, ...]:
        """What lies in the scenario's buckets, for who reads it.

        Raises:
            Nonconformance: One of them cannot be read (interpretation 12).
        """
        return tuple(map(_readable, self.objects))

    @property
    def unready(self) -> tuple[Symptom, ...]:
        """For want of what the reporter is not ready, as far as it says."""
        said = " ".join(self.outcome.complaints).lower()
        wanted = next((name for name in _WANTED if name in said), "")
        return (_WANTED.get(wanted, NOT_READY), NOT_READY)

    def without_object(self, expected: str) -> Nonconformance:
        """Make the finding that there is no object, and why, as far as it was seen."""
        outcome = self.outcome
        if not outcome.ready:
            words = "the reporter was not ready, so `report` was not called"
            return Nonconformance(expected, f"none: {words}", *self.unready)
        if refusals := [str(upload.refusal) for upload in self.uploads if upload.refusal]:
            words = "; ".join(dict.fromkeys(refusals))
            return Nonconformance(expected, f"none: S3 refuses the upload: {words}", WRONG_REQUEST)
        words = outcome.exception or f"the reporter returned {outcome.returned!r}"
        taken = any(upload.succeeded for upload in self.uploads)
        symptom = GONE if taken else REFUSED if self.uploads else NOTHING_SENT
        return Nonconformance(expected, f"none: {words}", symptom)

    def without_text(self, expected: str) -> Nonconformance:
        """Make the finding that ASH Core got no text."""
        exception = self.outcome.exception
        if exception is None or (self.outcome.ready and not self.uploads):
            return self.without_object(expected)
        return Nonconformance(expected, f"none: {exception}", NO_TEXT)


def _readable(stored: StoredObject) -> StoredObject:
    if stored.archived:
        raise Nonconformance(
            "an object that can be read",
            f"one in the storage class {stored.archived}, which has to be restored first",
            GONE,
        )
    return stored
