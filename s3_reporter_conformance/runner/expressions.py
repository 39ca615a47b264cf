"""The expressions of `-k` and `-m`, read before a run so that a message can say what is wrong."""

import re
from collections.abc import Iterable

from _pytest.mark.expression import Expression

from ..spec.rules import Rule, Scenario
from ..words.errors import UsageError
from ..words.names import unknown
from .selection import Selection, marks_of

_ID = re.compile(r"([a-z]{3}|ext-[a-z]+)-\d+", re.IGNORECASE)
_OPERATORS = {"and", "or", "not", "True", "False", "None"}


def check_expressions(
    selection: Selection, rules: Iterable[Rule], scenarios: Iterable[Scenario]
) -> None:
    """Make sure that the expressions can be read, and that they name existing rules and files.

    Args:
        selection: The selection.
        rules: The rules of the suite.
        scenarios: The scenarios of the suite.

    Raises:
        UsageError: One cannot, or does not.
    """
    if selection.keyword:
        _parse("-k", selection.keyword)
        ids = {rule.id for rule in rules}
        for name in _names(selection.keyword):
            if _ID.fullmatch(name) and not any(name.upper() in known for known in ids):
                raise unknown("rule", name, ids, "-k")
    if selection.marks:
        _parse("-m", selection.marks)
        marks = {mark for scenario in scenarios for mark in marks_of(scenario)}
        for name in _names(selection.marks):
            if name not in marks:
                raise unknown("mark", name, marks, "-m")


def _parse(flag: str, expression: str) -> None:
    try:
        Expression.compile(expression)
    except Exception as error:
        column: int = getattr(error, "offset", getattr(error, "column", 1))
        reason = getattr(error, "msg", None) or str(error)
        pointer = " " * (column - 1) + "^"
        several = "," in expression or reason.endswith("got identifier")
        hint = "\nPut or between names, as in 'KEY-03 or KEY-04'." if several else ""
        raise UsageError(
            f"{flag} cannot be understood: {reason}\n  {expression}\n  {pointer}{hint}"
        ) from error


def _names(expression: str) -> list[str]:
    words = re.findall(r"[^\s()]+", expression)
    return [word for word in words if word not in _OPERATORS]
