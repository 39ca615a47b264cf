"""Everything that a reporter is given: the settings, the credentials, and the scan results."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..adapters.manifest import Manifest
from ..adapters.scan_results import ScanResults, sample_scan
from ..s3.credentials import Credentials

if TYPE_CHECKING:
    from .run import Run

DEFAULT_PROFILE = "default"
ENVIRONMENT = "the environment"
"""The owner of credentials in environment variables."""


@dataclass(kw_only=True, eq=False)
class Situation:
    """Everything that a reporter is given.

    Attributes:
        manifest: The reporter's manifest.
        options: The configured options.
        environment: The variables that the scenario sets; `None` removes one.
        profiles: The AWS profiles.
        environment_credentials: The credentials in the environment, if any.
        buckets: The real names of the buckets, by their names in the scenario.
        results: The scan results.
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
