"""The options of exploring."""

import re
import textwrap
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from math import inf
from pathlib import Path

from ..disk.files import write
from ..disk.kept_folder import FOLDER, make_folder
from ..spec.feature_files import FeatureError
from ..spec.gherkin import all_scenarios, read_feature
from ..spec.rules import Scenario
from ..words.errors import UsageError
from ..words.option import option

TRIPLES = Path(str(resources.files("s3_reporter_conformance.exploring"))) / "triples.feature"
"""The table of `--thorough`."""

KEPT = FOLDER / "explored.feature"
"""Where scenarios are kept until the next time, if the user names no file."""

_HEAD = "Feature: Explored\n"
_GROUP = "Situations that nobody wrote down"
_BUDGET = re.compile(r"([1-9]\d*)(s?)")


@dataclass(frozen=True)
class Exploring:
    """Whether to explore, how much, and where to keep what is found."""

    explore: str | None = option(
        None,
        "Draw situations: N, or as many as fit into a time such as 90s.",
        otherwise="none; 60s where no number follows",
        group=_GROUP,
        metavar="[N|SECONDS]",
        bare="60s",
    )
    explore_examples: Path | None = option(
        None, "Make the runs of this feature file, too, and add what exploring finds.", group=_GROUP
    )
    thorough: bool = option(
        False, "Also make the runs of a table that covers every triple of values.", group=_GROUP
    )
    no_narrow: bool = option(
        False, "Make no further calls to find the causes of what is broken.", group=_GROUP
    )

    def check(self) -> None:
        """Make sure that all of it can be used.

        Raises:
            UsageError: It cannot.
        """
        _ = self.budget, self.examples
        file = self.explore_examples
        if file and not self.explore and not file.exists():
            raise UsageError(f"--explore-examples: there is no {file}; with --explore, it is made")

    @cached_property
    def examples(self) -> tuple[Scenario, ...]:
        """The scenarios of the file of examples, and of the table of triples.

        Raises:
            UsageError: It cannot be read, or one has the name of another run.
        """
        table = read_feature(TRIPLES).scenarios if self.thorough else ()
        file = self.explore_examples
        if file is None or not file.exists():
            return table
        try:
            found = read_feature(file.resolve()).scenarios
        except (FeatureError, OSError) as error:
            raise UsageError(f"--explore-examples: {error}") from error
        if taken := {each.id for each in found} & {each.id for each in (*all_scenarios(), *table)}:
            names = ", ".join(sorted(taken))
            raise UsageError(f"--explore-examples: the suite itself has runs called {names}")
        return (*found, *table)

    def keep(self, scenarios: Collection[str]) -> None:
        """Add scenarios to the file of examples, or else keep them until the next time.

        Raises:
            UsageError: It cannot be written.
        """
        text = "".join(f"\n{textwrap.indent(each, '  ')}\n" for each in scenarios)
        path = self.explore_examples
        if path is None and scenarios:
            # As the runs that failed: where nothing can be written, there is no next time.
            with suppress(OSError, UsageError):
                make_folder()
                write(KEPT, _HEAD + text)
        elif path and scenarios:
            write(path, text if path.exists() else _HEAD + text, "a")

    @cached_property
    def budget(self) -> tuple[float, float]:
        """The number of situations to draw, and the seconds that it may take.

        Raises:
            UsageError: It is neither a number nor a time.
        """
        if self.explore is None:
            return 0, 0
        found = _BUDGET.fullmatch(self.explore)
        if found is None:
            raise UsageError(
                f"--explore is {self.explore!r}; expected a number of situations, such as 300, or "
                "of seconds, such as 90s"
            )
        return (inf, float(found[1])) if found[2] else (int(found[1]), inf)
