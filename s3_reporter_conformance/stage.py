"""The stage of a scenario: what its Given sentences prepare, and the call that they lead to."""

import os
import secrets
import shutil
import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .backends import Backend
from .faults import Fault
from .observation import Observation
from .reporters import Adapter, Call
from .scan_results import ScanResults, real_scan
from .wire import Wire

DEFAULT_PROFILE = "default"


@dataclass(frozen=True)
class Credentials:
    """What an AWS profile holds.  Each profile has its own, so that requests tell them apart."""

    access_key_id: str
    secret_access_key: str

    @classmethod
    def random(cls) -> "Credentials":
        """Make up credentials of the usual form."""
        letters = string.ascii_uppercase + "234567"
        return cls(
            "AKIA" + "".join(secrets.choice(letters) for _ in range(16)), secrets.token_hex(20)
        )


@dataclass
class Stage:
    """Everything around one call of a reporter.

    Attributes:
        adapter: What runs the reporter.
        backend: Where the buckets are.
        wire: What the reporter talks to.
        features: The extended features that the reporter declares.
        timeout: Seconds that a call may take.
        folder: A folder of the scenario's own.
        options: What is configured.
        environment: The variables that the scenario sets.
        profiles: The AWS profiles.
        buckets: The real names of the buckets, by the names that the scenario uses.
        results: The scan results.
        script: What becomes of each PutObject.
        observation: What was seen of the last call.
    """

    adapter: Adapter
    backend: Backend
    wire: Wire
    features: frozenset[str]
    timeout: float
    folder: Path
    options: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    profiles: dict[str, Credentials] = field(
        default_factory=lambda: {DEFAULT_PROFILE: Credentials.random()}
    )
    buckets: dict[str, str] = field(default_factory=dict)
    results: ScanResults = field(default_factory=real_scan)
    script: Iterable[Fault | None] = ()
    observation: Observation | None = None

    def add_bucket(self, name: str) -> None:
        """Make a bucket that has a name of the scenario's own behind the one that it uses."""
        real_name = f"{name}-{secrets.token_hex(6)}"
        self.backend.create_bucket(real_name)
        self.buckets[name] = real_name

    def run(self) -> Observation:
        """Play ASH Core's part and look at everything that came of it.

        Raises:
            AdapterError: The reporter could not be asked.
            BackendError: The S3 API failed.
        """
        home, output_dir, scratch = (self._folder(name) for name in ("home", "output", "scratch"))
        self._write_profiles(home)
        call = Call(
            options=self.options,
            environment=self._environment(home),
            output_dir=output_dir,
            scratch=scratch,
            results=self.results,
            timeout=self.timeout,
        )
        with self.wire.record(self.script) as recording:
            outcome = self.adapter.run(call)
        recording.check()
        self.observation = Observation(
            outcome=outcome,
            exchanges=recording.exchanges,
            objects=tuple(
                stored for name in self.buckets.values() for stored in self.backend.objects(name)
            ),
            files={
                str(path.relative_to(output_dir)): path.read_bytes()
                for path in sorted(output_dir.rglob("*"))
                if path.is_file()
            },
            bucket_names=dict(self.buckets),
        )
        return self.observation

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _write_profiles(self, home: Path) -> None:
        aws = home / ".aws"
        aws.mkdir()
        (aws / "credentials").write_text(
            "".join(
                f"[{name}]\n"
                f"aws_access_key_id = {credentials.access_key_id}\n"
                f"aws_secret_access_key = {credentials.secret_access_key}\n"
                for name, credentials in self.profiles.items()
            )
        )
        (aws / "config").write_text(
            "".join(
                f"[{name if name == DEFAULT_PROFILE else f'profile {name}'}]\noutput = json\n"
                for name in self.profiles
            )
        )

    def _environment(self, home: Path) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "AWS_ENDPOINT_URL": self.wire.url,
            # One API call is one request, so that attempts can be counted on the wire.
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_EC2_METADATA_DISABLED": "true",
            **self.environment,
        }
