"""Everything observed during one call, for the Then steps to judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ..adapters.base import Outcome
from ..backends.base import BucketEvent, StoredObject
from ..errors import Nonconformance
from ..wire.exchange import UPLOADS, Exchange


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
    """

    outcome: Outcome
    exchanges: tuple[Exchange, ...]
    objects: tuple[StoredObject, ...]
    files: Mapping[str, bytes]
    ended: float
    events: tuple[BucketEvent, ...] = ()
    bucket_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def uploads(self) -> tuple[Exchange, ...]:
        """The requests that write an object in any way."""
        return tuple(e for e in self.exchanges if e.operation in UPLOADS)

    @property
    def attempts(self) -> tuple[Exchange, ...]:
        """The PutObject requests (interpretation 1)."""
        return tuple(e for e in self.exchanges if e.is_attempt)

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
            raise Nonconformance("an object in the bucket", self.without_object())
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

    def without_object(self) -> str:
        """Why there is no object, as far as was observed."""
        outcome = self.outcome
        if not outcome.ready:
            return "none: the reporter was not ready, so `report` was not called"
        if refusals := [str(upload.refusal) for upload in self.uploads if upload.refusal]:
            return f"none: S3 refuses the upload: {'; '.join(dict.fromkeys(refusals))}"
        if outcome.exception:
            return f"none: {outcome.exception}"
        return f"none: the reporter returned {outcome.returned!r}"


def _readable(stored: StoredObject) -> StoredObject:
    if stored.archived:
        raise Nonconformance(
            "an object that can be read",
            f"one in the storage class {stored.archived}, which has to be restored first",
        )
    return stored
