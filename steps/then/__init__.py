"""The Then steps, one module for each part of what was observed."""

from collections.abc import Iterable

from ...words.errors import Nonconformance


def expect_none(found: Iterable[str], expected: str) -> None:
    """Make sure that nothing was found that should not be there.

    Raises:
        Nonconformance: Something was.
    """
    if words := list(dict.fromkeys(found)):
        raise Nonconformance(expected, "; ".join(words))
