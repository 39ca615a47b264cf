"""A run: one call of the reporter in one situation, and everything that was observed.

The settings that apply in it are resolved as the configuration diagram says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Any

from ..adapters.manifest import Manifest
from ..adapters.scan_results import ScanResults, sample_scan
from ..backends.base import StoredObject
from ..s3.credentials import Credentials
from ..s3.operations import STORING
from ..wire.exchange import Exchange
from .observation import Observation

DEFAULT_PROFILE = "default"
ENVIRONMENT = "the environment"
"""The owner of credentials in environment variables."""

_DEFAULT_PREFIX = "ash-reports/"


@dataclass(kw_only=True, eq=False)
class Situation:
    """Everything that a reporter is given.

    Attributes:
        environment: The variables that the scenario sets; `None` removes one.
        buckets: The real names of the buckets, by their names in the scenario.
        earlier: The results of earlier scans that were reported.
        facts: Facts of the situation that only its sentences tell, by name.
        report_anyway: Whether `report` is called even if the reporter is not ready.
        before: The run of an earlier scan by the same tool, which a later one is compared with.
    """

    manifest: Manifest
    options: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str | None] = field(default_factory=dict)
    profiles: dict[str, Credentials] = field(default_factory=dict)
    environment_credentials: Credentials | None = None
    buckets: dict[str, str] = field(default_factory=dict)
    results: ScanResults = field(default_factory=sample_scan)
    earlier: Sequence[ScanResults] = ()
    facts: dict[str, str] = field(default_factory=dict)
    report_anyway: bool = False
    before: "Run | None" = None

    @property
    def max_retries(self) -> int:
        """The number of retries that are allowed (interpretation 1)."""
        return int(self.options.get("max_retries", self.manifest.max_retries))

    @property
    def credentials(self) -> dict[str, Credentials]:
        """All that the reporter is given, by their owner."""
        given = {f"profile {name}": credentials for name, credentials in self.profiles.items()}
        if self.environment_credentials:
            given[ENVIRONMENT] = self.environment_credentials
        return given

    @property
    def bucket(self) -> str | None:
        """The real name of the bucket that the reporter has to use."""
        return self._setting("bucket_name", "ASH_S3_BUCKET_NAME")

    def _setting(self, option: str, *variables: str) -> str | None:
        values = (self.options.get(option), *(self.environment.get(name) for name in variables))
        return next((str(value) for value in values if value), None)


# Compared by identity, so that what is derived from a run can be kept.
@dataclass(kw_only=True, eq=False)
class Run(Situation):
    """One call of the reporter in one situation, and everything that was observed.

    Attributes:
        observation: The observation of the call; of several, the last one.
        calls: The observations of all calls in the same situation.
        readings: The findings of services that read the bucket, by service.
        wire_url: The address of the S3 API that the reporter was told.
        is_scan: Whether the reporter is a tool that scans.
        is_alone: Whether no other runs were made at the same time.
    """

    observation: Observation
    calls: tuple[Observation, ...]
    readings: dict[str, Any] = field(default_factory=dict)
    wire_url: str = ""
    is_scan: bool = False
    is_alone: bool = True

    @property
    def region(self) -> str | None:
        """The region that the reporter has to use (interpretation 8)."""
        names = ["AWS_REGION"]
        if self.declares("default-region-env"):
            names.append("AWS_DEFAULT_REGION")
        return self._setting("aws_region", *names)

    @property
    def profile(self) -> str | None:
        """The AWS profile that the reporter has to use; `None` for the default one."""
        names = ["AWS_PROFILE"] if self.declares("profile-env") else []
        return self._setting("aws_profile", *names)

    @property
    def is_configured(self) -> bool:
        """Whether there are a region and a bucket."""
        return bool(self.region and self.bucket)

    @property
    def owners(self) -> frozenset[str]:
        """The owners of the credentials that the reporter may sign with.

        Without a configured profile, it is free to prefer credentials in the environment, and a
        profile that the environment names, unless it declares to do so (interpretation 8).
        """
        if self.profile:
            return frozenset({f"profile {self.profile}"})
        usual = {f"profile {DEFAULT_PROFILE}"} if DEFAULT_PROFILE in self.profiles else set()
        if self.environment_credentials:
            if self.declares("environment-credentials"):
                return frozenset({ENVIRONMENT})
            usual.add(ENVIRONMENT)
        named = self.environment.get("AWS_PROFILE")
        return frozenset({*usual, *([f"profile {named}"] if named in self.profiles else [])})

    @property
    def can_upload(self) -> bool:
        """Whether the situation lets a reporter send an upload."""
        usable = (self.credentials.get(owner) for owner in self.owners)
        return (
            self.is_configured
            and any(each and not each.expired for each in usable)
            and "AWS_ENDPOINT_URL" not in self.environment
        )

    @property
    def prefix(self) -> str | None:
        """The prefix of keys, as it is configured; `None` if the reporter may choose it."""
        configured = self.options.get("key_prefix")
        if configured is None and self.declares("default-prefix"):
            return _DEFAULT_PREFIX
        return configured if configured is None else str(configured)

    @property
    def file_format(self) -> str | None:
        """The configured format, `json` or `yaml`; `None` if the reporter may choose it."""
        return self.options.get("file_format") or None

    @property
    def format_of_the_key(self) -> str:
        """The format of the report: the configured one, else the extension of the key."""
        return self.file_format or self.key.rpartition(".")[2]

    @property
    def content_type(self) -> str:
        """The content type that was sent with the first upload."""
        return self.uploads[0].header.get("content-type", "")

    @property
    def uploads(self) -> tuple[Exchange, ...]:
        """The requests that write an object in any way."""
        return self.observation.uploads

    @property
    def attempts(self) -> tuple[Exchange, ...]:
        """The requests with which uploads begin."""
        return self.observation.attempts

    @property
    def stored(self) -> bool:
        """Whether S3 took an upload."""
        return self.observation.stored

    @property
    def key(self) -> str:
        """The key of the first upload."""
        return self.uploads[0].key

    @cached_property
    def content(self) -> bytes | None:
        """The content of the report as it was sent; `None` if not all of it was."""
        if (stored := self.the_object) and not stored.archived:
            return stored.content
        return next(iter(self.observation.contents), None)

    @cached_property
    def the_object(self) -> StoredObject | None:
        """The object of the first upload that S3 took, if it is still there."""
        taken = (e for e in self.uploads if e.succeeded and e.operation in STORING)
        first = next(((e.bucket, e.key) for e in taken), None)
        return next((o for o in self.observation.objects if (o.bucket, o.key) == first), None)

    @property
    def returned(self) -> str | None:
        """The text that `report` returned, if it returned one."""
        return self.observation.outcome.returned

    @property
    def is_ready(self) -> bool:
        """The answer of `validate`."""
        return self.observation.outcome.ready

    @property
    def was_asked(self) -> bool:
        """Whether `report` was called."""
        return self.is_ready or self.report_anyway

    @property
    def is_late(self) -> bool:
        """Whether S3 took about as long for an answer as the reporter was told to wait at most."""
        limit = float(self.options.get("time_limit", inf))
        return any(2 * each.took > limit for each in self.observation.exchanges if not each.fault)

    @property
    def copies(self) -> tuple[str, ...]:
        """The files under the output folder that hold the report byte for byte."""
        contents = {*self.observation.contents, self.content}
        return tuple(n for n, content in self.observation.files.items() if content in contents)

    def declares(self, feature: str) -> bool:
        """Whether the reporter declares an extended feature."""
        return feature in self.manifest.features
