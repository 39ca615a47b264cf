"""Which requirements a run is about."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """What the user wants to run; all of it where nothing is said.

    Attributes:
        keyword: An expression of ids, as pytest's `-k`.
        marks: An expression of diagrams, features and levels, as pytest's `-m`.
        level: `core` or `extended`.
        last_failed: Whether to run only what did not pass the last time.
    """

    keyword: str | None = None
    marks: str | None = None
    level: str | None = None
    last_failed: bool = False

    def arguments(self, failed: Iterable[str] = ()) -> list[str]:
        """The options of pytest that say the same.

        Args:
            failed: The ids of what did not pass the last time, if only that is wanted.
        """
        return [
            *_all_of("-k", self.keyword, " or ".join(failed)),
            *_all_of("-m", self.marks, self.level),
        ]


def _all_of(flag: str, *expressions: str | None) -> tuple[str, ...]:
    said = [f"({expression})" for expression in expressions if expression]
    return (flag, " and ".join(said)) if said else ()
