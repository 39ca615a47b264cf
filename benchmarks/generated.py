"""Feature files with as many scenarios as one wants, to see how time and memory grow with them."""

from itertools import product
from pathlib import Path
from string import ascii_uppercase

_HEAD = """\
Feature: Generated scenarios

  Rule: There are many
    Often wrong: there are too many.
"""
_SCENARIO = """
    @{id} @core @path:json
    Scenario: Generated scenario {number}
      Given a configured reporter
      When ASH Core runs the reporter
      Then the object's key ends with ".json"
"""
_NUMBERS = 99


def write_feature(folder: Path, scenarios: int) -> Path:
    """Write a feature file that follows the diagram of the object's name.

    Args:
        folder: Where to write it.
        scenarios: How many there are to be in it; at most 99 times 26³.
    """
    prefixes = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))
    ids = (f"{prefix}-{number:02}" for prefix in prefixes for number in range(1, _NUMBERS + 1))
    path = folder / "object_naming.feature"
    path.write_text(
        _HEAD
        + "".join(
            _SCENARIO.format(id=next(ids), number=number) for number in range(1, scenarios + 1)
        )
    )
    return path
