"""What a report tells besides its rules and its runs."""

from dataclasses import dataclass


@dataclass
class RunInfo:
    """What is noted while the suite runs, in each of its processes.

    Attributes:
        seed: What names and access keys are made up from.
        backend: The backend and its version.
        aborted: Why the run broke off; empty if it did not.
    """

    seed: str = ""
    backend: str = ""
    aborted: str = ""
