"""The situation of a run, which the Given steps prepare, and the calls of the reporter in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timezone
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from random import Random

from ..adapters.base import Adapter, Call, Outcome
from ..backends.base import Backend, StoredObject
from ..disk.folders import read_files, read_modes, remove
from ..s3.credentials import Credentials
from ..wire.exchange import Exchange
from ..wire.faults import Fault
from ..wire.proxy import Wire
from ..wire.recording import Recording
from ..words.errors import AdapterError, AdapterTimeoutError, BackendError, Nonconformance
from .environment import TEMPORARY, environment_of, fill_home, fill_output_dir, variables_of
from .observation import Observation, changed_buckets, stored_keys
from .run import DEFAULT_PROFILE, Run, Situation

# After this many extra attempts, a reporter is assumed never to stop.
_BEYOND = 10
# Usual limits of a reporter's waits, in seconds: of one, and of all before it is taken to hang.
_LONGEST_WAIT, _LONGEST_WAITS = 60, 600
# So much of the time limit went to waits beyond the longest that is allowed.
_LONG = 1 / 2
# Amazon S3 User Guide, "General purpose bucket naming rules".
_LONGEST_BUCKET = 63


@dataclass(kw_only=True, eq=False)
class World(Situation):
    """Everything around the calls of a reporter.

    Attributes:
        regions: The regions that AWS profiles set.
        in_config: The AWS profiles whose keys are in the file `config`.
        script: Makes the fault for each PutObject of a call, in order.
        source_dir: The folder to scan, if the reporter is a tool that scans.
        is_alone: Whether no other runs are made at the same time.
        queue: The queue of the bucket's events, if any.
        unsteady: Tells the files that another program found unsteady, if one watches the reports.
        usual: Tells the gist of what the reporter says although nothing fails.
        seen: The requests of all calls.
        placed: The buckets and keys of the objects that are there before a call.
        runs: The number of calls that were made.
        broken_off: What was observed of a call in which the adapter broke.
    """

    adapter: Adapter
    backend: Backend
    wire: Wire
    timeout: float
    folder: Path
    rng: Random
    regions: dict[str, str] = field(default_factory=dict)
    in_config: set[str] = field(default_factory=set)
    script: Callable[[], Iterable[Fault | None]] | None = None
    source_dir: Path | None = None
    debug: bool = False
    is_alone: bool = True
    queue: str | None = None
    unsteady: Callable[[], frozenset[str]] | None = None
    usual: Callable[[], frozenset[str]] = frozenset
    on_call: Callable[[Call, Sequence[Exchange]], None] = lambda *_: None
    seen: list[Exchange] = field(default_factory=list)
    placed: set[tuple[str, str]] = field(default_factory=set)
    runs: int = 0
    last: Run | None = None
    broken_off: Observation | None = None

    def __post_init__(self) -> None:
        """Add the default profile."""
        self.add_profile(DEFAULT_PROFILE)

    @property
    def output_dir(self) -> Path:
        """The folder that the reporter writes to: a path that has to be quoted and encoded."""
        return self.folder / "café output"

    def add_bucket(self, name: str) -> None:
        """Create a bucket with a unique real name."""
        prefix, suffix = self.backend.endpoint.bucket_prefix, f"-{self.rng.getrandbits(48):012x}"
        room = _LONGEST_BUCKET - len(prefix) - len(suffix)
        real_name = f"{prefix}{name[:room].rstrip('.-')}{suffix}"
        self.backend.create_bucket(real_name)
        self.backend.fill(real_name)
        self.buckets[name] = real_name

    def delete_bucket(self) -> None:
        """Delete the bucket with what earlier calls and others stored in it."""
        name = self.used_bucket
        self.backend.delete_bucket(name)
        self.placed = {each for each in self.placed if each[0] != name}
        self.seen = [each for each in self.seen if each.bucket != name]

    def add_profile(
        self, name: str, *, temporary: bool = False, expired: bool = False
    ) -> Credentials:
        """Make an AWS profile with an access key of its own."""
        if name != DEFAULT_PROFILE:
            # Others have profiles of similar names.
            self.profiles[f"{name}-old"] = Credentials.random(self.rng)
        self.profiles[name] = Credentials.random(self.rng, temporary=temporary, expired=expired)
        return self.profiles[name]

    def configure(self, key_prefix: str) -> None:
        """Create a bucket, and configure everything that a reporter needs to be ready."""
        self.add_bucket("reports")
        fill_output_dir(self.output_dir)
        self.options |= {
            "aws_region": "eu-west-1",
            "bucket_name": self.buckets["reports"],
            "key_prefix": key_prefix,
            "file_format": "json",
        }

    @property
    def used_bucket(self) -> str:
        """The real name of the bucket that is configured, or else of the usual one."""
        return self.bucket or self.buckets["reports"]

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Store objects, by their keys, as somebody else than the reporter does.

        Raises:
            UnsupportedError: The backend does not take one of the keys.
        """
        name = self.used_bucket
        try:
            self.backend.write(StoredObject(name, key, "", each) for key, each in contents.items())
        except BackendError:
            for key in contents:
                self.backend.check_key(key)
            raise
        self.placed |= {(name, key) for key in contents}

    def run(self) -> Run:
        """Call the reporter in the role of ASH Core, and observe the result.

        Raises:
            AdapterError: The adapter broke.
            BackendError: The S3 API failed.
            Nonconformance: The reporter made its output folder something else in an earlier call.
        """
        self.runs += 1
        self._make_output_dir()
        home, scratch = self._fresh("home"), self._fresh("scratch")
        self._fresh(TEMPORARY)
        fill_home(home, self.profiles, self.regions, self.in_config)
        before, elsewhere = read_files(self.output_dir), self._files_elsewhere()
        modes_before = read_modes(self.output_dir)
        call = Call(
            options=self.options,
            environment=environment_of(
                home,
                self.wire.url,
                {**variables_of(self.environment_credentials), **self.environment},
            ),
            output_dir=self.output_dir,
            scratch=scratch,
            results=self.results,
            timeout=self.timeout + self._longest_waits(),
            report_anyway=self.report_anyway,
            debug=self.debug,
            source_dir=self.source_dir,
        )
        began = datetime.now(timezone.utc)
        recording = Recording(
            self.script() if self.script else (),
            self.output_dir,
            self.credentials.values(),
            1 + self.max_retries + _BEYOND,
            self.adapter.interrupt,
        )
        with self.wire.record(recording):
            outcome = self._ask(call, recording)
            ended = recording.elapsed()
        recording.check()
        # The backend itself may refuse an upload in which the wire finds nothing wrong.
        refused = [e for e in recording.exchanges if e.status == HTTPStatus.BAD_REQUEST]
        for key in {e.key for e in refused if e.is_attempt and e.error}:
            self.backend.check_key(key)
        # What a program adds to the results, or leaves out, before its reporter gets them.
        self.results = outcome.handed or self.results
        self.seen += recording.exchanges
        observation = Observation(
            outcome=outcome,
            exchanges=recording.exchanges,
            objects=tuple(
                replace(each, content=recording.shared(each.content)) for each in self.objects()
            ),
            files={
                name: recording.shared(each) for name, each in read_files(self.output_dir).items()
            },
            ended=ended,
            began=began,
            events=self.backend.events(self.queue) if self.queue else (),
            objects_before=frozenset(self.placed),
            files_before=before,
            files_elsewhere=_changed(elsewhere, self._files_elsewhere()),
            modes_before=modes_before,
            modes=read_modes(self.output_dir),
            unsteady=self.unsteady() if self.unsteady else None,
        )
        if observation.complaints and not observation.stored and not self.source_dir:
            observation = replace(observation, usual=self.usual())
        self.placed |= {(stored.bucket, stored.key) for stored in observation.objects}
        self.last = Run(
            **{each.name: copy(getattr(self, each.name)) for each in fields(Situation)},
            observation=observation,
            calls=(observation,),
            wire_url=self.wire.url,
            is_scan=self.source_dir is not None,
            is_alone=self.is_alone,
        )
        return self.last

    @property
    def _longest_wait(self) -> float:
        return float(self.options.get("max_delay", _LONGEST_WAIT))

    def _longest_waits(self) -> float:
        """The seconds that a reporter may wait before its retries, where S3 is told to fail."""
        retries = self.max_retries if self.script else 0
        return min(_LONGEST_WAITS, sum(min(self._longest_wait, 1 << n) for n in range(retries)))

    def _make_output_dir(self) -> None:
        try:
            self.output_dir.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise Nonconformance(
                "an output folder that stays one",
                "an earlier call made it a file, or a link that leads nowhere",
            ) from None

    def objects(self) -> Iterator[StoredObject]:
        """What lies in the buckets, but what others have there."""
        # The others are as they were, so that most runs without an upload need no question.
        changed = changed_buckets(self.seen).union(bucket for bucket, _ in self.placed)
        for name in self.buckets.values():
            if name in changed:
                yield from self.backend.objects(name, stored_keys(self.seen, name))

    def _ask(self, call: Call, recording: Recording) -> Outcome:
        try:
            return self.adapter.run(call)
        except AdapterError as error:
            # A reporter that was killed because it retries or waits is judged by what it did.
            endless, words = self._endless(recording, error)
            if not endless:
                outcome, seen = Outcome(ready=False), recording.exchanges
                self.broken_off = Observation(outcome, seen, (), {}, recording.elapsed())
                raise
            words = f"report(results) {words}, and was killed"
            return Outcome(ready=True, exception=words, endless=endless)
        finally:
            self.on_call(call, recording.exchanges)

    def _endless(self, recording: Recording, error: AdapterError) -> tuple[str, str]:
        """What a reporter did that was killed, as in an `Outcome`, and in words."""
        attempts = [e for e in recording.exchanges if e.is_attempt]
        if too_much := recording.excess:
            return "retries", f"sent more than {too_much}"
        if len(attempts) > 1 + self.max_retries:
            return "retries", f"still retried after {len(attempts)} attempts"
        in_a_wait = attempts and attempts[-1].status and recording.exchanges[-1] is attempts[-1]
        if in_a_wait and "max_delay" in self.options and isinstance(error, AdapterTimeoutError):
            times = (*(e.time for e in attempts), recording.elapsed())
            gaps = [later - earlier for earlier, later in pairwise(times)]
            longest = max(gaps)
            if sum(max(0, gap - self._longest_wait) for gap in gaps) > self.timeout * _LONG:
                return "wait", f"waited {longest:.1f} s after attempt {gaps.index(longest) + 1}"
        return "", ""

    def _fresh(self, name: str) -> Path:
        folder = self.folder / name
        remove(folder)
        folder.mkdir(parents=True)
        return folder

    def _files_elsewhere(self) -> dict[str, bytes]:
        """The files that a reporter can leave outside of the output folder."""
        return {
            **{f"HOME/{name}": text for name, text in read_files(self.folder / "home").items()},
            **{f"TMPDIR/{n}": text for n, text in read_files(self.folder / TEMPORARY).items()},
            **read_files(self.folder, deep=False),
        }


def _changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that are new or changed; without content if they are gone."""
    gone = dict.fromkeys(before, b"")
    return {name: each for name, each in {**gone, **after}.items() if before.get(name) != each}
