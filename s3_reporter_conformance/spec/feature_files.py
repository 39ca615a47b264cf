"""The feature files: where they are, and what reporters call the extended ones."""

from functools import cache
from importlib import resources
from pathlib import Path

EXTENDED = "extended"
"""The folder of the extended features."""


class FeatureError(Exception):
    """A feature file that cannot be used: what is wrong, and where."""


@cache
def feature_files() -> tuple[Path, ...]:
    """The installed feature files, those that are read off a diagram first.

    Raises:
        FeatureError: There are none.
    """
    folder = Path(str(resources.files("s3_reporter_conformance.features")))
    files = (*sorted(folder.glob("*.feature")), *sorted(folder.glob(f"{EXTENDED}/*.feature")))
    if not files:
        raise FeatureError(f"there are no features in {folder}")
    return files


def file_name(path: Path) -> str:
    """The path of a feature file, from the folder of `features` on if it is one of the suite's."""
    folder = feature_files()[0].parent
    return str(path.relative_to(folder.parent) if folder in path.parents else path)


def path_of(file: str) -> Path:
    """The path of a feature file that is called so."""
    return feature_files()[0].parent.parent / file


@cache
def extended_features() -> frozenset[str]:
    """The names of the features that a reporter can declare, one for each file in `extended`."""
    return frozenset(
        path.stem.replace("_", "-") for path in feature_files() if path.parent.name == EXTENDED
    )
