"""Everything observed during one call, for the rules to judge."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cached_property
from itertools import pairwise

from ..adapters.base import Outcome
from ..adapters.logs import gist
from ..backends.base import BucketEvent, StoredObject
from ..s3.operations import STORING, UPLOADS
from ..wire.exchange import Exchange
from ..wire.faults import DroppedConnection

REPORT = "ash-report-"
"""The beginning of a report's name; a reporter may write other objects, too, which is a fault."""


@dataclass(frozen=True)
class Observation:
    """Everything observed during one call.

    Attributes:
        ended: When the call ended, in seconds since it began.
        files_elsewhere: The new and changed files in HOME, in TMPDIR, and beside the output folder;
            without content if they are gone.
        modes_before: The permissions under the output folder before the call, and `.` its own.
        began: When the call began, by the clock.
        unsteady: The files in the folder `reports` of which another program found half of one, or
            none; `None` if no other program looked.
        usual: The gist of what the reporter says although nothing fails, if nothing was stored.
    """

    outcome: Outcome
    exchanges: tuple[Exchange, ...]
    objects: tuple[StoredObject, ...]
    files: Mapping[str, bytes]
    ended: float
    events: tuple[BucketEvent, ...] = ()
    objects_before: frozenset[tuple[str, str]] = frozenset()
    files_before: Mapping[str, bytes] = field(default_factory=dict)
    files_elsewhere: Mapping[str, bytes] = field(default_factory=dict)
    modes_before: Mapping[str, int] = field(default_factory=dict)
    modes: Mapping[str, int] = field(default_factory=dict)
    began: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    unsteady: frozenset[str] | None = None
    usual: frozenset[str] = frozenset()

    @cached_property
    def complaints(self) -> tuple[str, ...]:
        """The visible signs of a problem: what the reporter does not say of a success, too."""
        found = self.outcome.complaints
        return tuple(e for e in found if gist(e) not in self.usual) if self.usual else found

    @cached_property
    def written(self) -> tuple[Exchange, ...]:
        """The requests that write any object in any way."""
        return tuple(e for e in self.exchanges if e.operation in UPLOADS)

    @cached_property
    def uploads(self) -> tuple[Exchange, ...]:
        """The requests that write the report: any object, if none has its name."""
        named = tuple(e for e in self.written if REPORT in e.key.rpartition("/")[2])
        # A reporter that is not ready tried something with them.
        return named or (self.written if self.outcome.ready or self.outcome.returned else ())

    @property
    def attempts(self) -> tuple[Exchange, ...]:
        """The requests with which uploads begin (interpretation 1)."""
        return tuple(e for e in self.uploads if e.is_attempt)

    @cached_property
    def contents(self) -> tuple[bytes, ...]:
        """What was sent of the object each time: whole, or in parts that were to be joined."""
        parts: dict[str, dict[int, bytes]] = defaultdict(dict)
        sent: list[bytes] = []
        for upload in self.uploads:
            name = upload.query.get("uploadId", "")
            if not upload.is_whole:
                continue
            if upload.operation == "PutObject":
                sent.append(upload.payload)
            elif upload.operation == "UploadPart":
                parts[name][int(upload.query["partNumber"])] = upload.payload
            elif upload.operation == "CompleteMultipartUpload":
                sent.append(b"".join(part for _, part in sorted(parts[name].items())))
        return tuple(sent)

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
    def new_files(self) -> Mapping[str, bytes]:
        """The files under the output folder that are new, or have another content than before."""
        before = self.files_before
        return {n: content for n, content in self.files.items() if before.get(n) != content}

    @property
    def new_objects(self) -> tuple[StoredObject, ...]:
        """The objects that were not there before the call."""
        return tuple(o for o in self.objects if (o.bucket, o.key) not in self.objects_before)

    @property
    def stored(self) -> bool:
        """Whether S3 took an upload."""
        return any(e.succeeded and e.operation in STORING for e in self.uploads)


def changed_buckets(exchanges: Iterable[Exchange]) -> frozenset[str]:
    """The buckets in which S3 may have changed something: the wire is the only way to it."""
    taken = {None, str(DroppedConnection(reached_s3=True))}
    arrived = (e for e in exchanges if e.fault in taken and not e.refusal)
    return frozenset(e.bucket for e in arrived if e.method not in {"GET", "HEAD"})


def stored_keys(exchanges: Iterable[Exchange], bucket: str) -> frozenset[str]:
    """The keys under which a bucket was seen to store objects; none if anything was deleted."""
    here = [e for e in exchanges if e.succeeded and e.bucket == bucket]
    if any(e.operation.startswith("Delete") for e in here):
        return frozenset()
    return frozenset(e.key for e in here if e.operation in STORING)
