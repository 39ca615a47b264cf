"""The status of a rule, or of a run, in a word."""

from collections.abc import Mapping
from enum import Enum

from ..words.names import count_of


class Status(Enum):
    """The status of a rule, or of a run; the value is how a report writes it."""

    _value_: str
    words: str
    # How a line of the console begins, and a sign for pages, so that none is told by color alone.
    label: str
    sign: str
    color: str

    PASSED = "passed", "pass", "✓", "green"
    FAILED = "failed", "FAIL", "✗", "red"
    KNOWN_DEVIATION = "known-deviation", "known", "≈", "yellow"
    UNEXPECTEDLY_PASSED = "unexpectedly-passed", "PASS!", "!", "red"
    ADAPTER_ERROR = "adapter-error", "ERROR", "?", "magenta"
    NOT_CERTAIN = "not-certain", "-", "?", "yellow"
    NOT_JUDGED = "not-judged", "-", "?", "yellow"
    NOT_CLAIMED = "not-claimed", "-", "-", "yellow"
    NOT_SELECTED = "not-selected", "-", "·", "yellow"
    NOT_RUN = "not-run", "skip", "○", "yellow"
    NOT_INSTALLED = "not-installed", "skip", "○", "yellow"

    # `Self` is in `typing` from Python 3.11 on.
    def __new__(cls, value: str, label: str, sign: str, color: str) -> "Status":  # noqa: PYI034
        """Take the value and how it is shown."""
        status = object.__new__(cls)
        status._value_ = value
        status.words = value.replace("-", " ")
        status.label, status.sign, status.color = label, sign, color
        return status

    @property
    def ran(self) -> bool:
        """Whether there is a verdict."""
        return self in {
            Status.PASSED,
            Status.FAILED,
            Status.KNOWN_DEVIATION,
            Status.UNEXPECTEDLY_PASSED,
        }


def totals(noun: str, counts: Mapping[Status, int]) -> str:
    """How many rules, say, there are, and of which status: `4 rules: 3 passed, 1 failed`."""
    parts = []
    for status in filter(counts.get, Status):
        is_noun = status in {Status.ADAPTER_ERROR, Status.KNOWN_DEVIATION}
        number = counts[status]
        parts.append(count_of(number, status.words) if is_noun else f"{number} {status.words}")
    return f"{count_of(sum(counts.values()), noun)}: {', '.join(parts) or 'none'}"
