"""A drawing of what was asked of S3, one row a request, along the time."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...verdict.example import Evidence, Request

_LEFT, _RIGHT, _WIDTH, _ROW = 190, 200, 760, 26


@dataclass(frozen=True)
class Row:
    """A request on the drawing.

    Attributes:
        name: What it was.
        answer: What came of it, and when.
        css: The class of its circle.
        x: Where its circle is.
        y: Where its row is.
        attempt_before: Where the circle of the attempt before is, if it has a wait behind it.
        wait: The seconds since that attempt.
    """

    name: str
    answer: str
    css: str
    x: float
    y: int
    attempt_before: float | None
    wait: float | None


@dataclass(frozen=True)
class Timeline:
    """A drawing: where everything is, for `templates/timeline.html`.

    Attributes:
        rows: The requests.
        seconds: How long the call took.
        width: Its width.
        left: Where the axis of time begins.
        right: Where it ends.
    """

    rows: tuple[Row, ...]
    seconds: float
    width: int = _WIDTH
    left: int = _LEFT
    right: int = _WIDTH - _RIGHT

    @property
    def height(self) -> int:
        """Its height."""
        return _ROW * (len(self.rows) + 1) + 8


def timeline_of(evidence: Evidence) -> Timeline:
    """Lay the requests of a call out along the time that it took."""
    return Timeline(tuple(_rows(evidence)), evidence.seconds)


def _rows(evidence: Evidence) -> Iterator[Row]:
    longest = max(evidence.seconds, *(each.seconds for each in evidence.requests), 0.001)
    scale = (_WIDTH - _LEFT - _RIGHT) / longest
    before = None
    for number, request in enumerate(evidence.requests):
        x = _LEFT + request.seconds * scale
        yield Row(
            name=_name(request),
            answer=f"{request.seconds:.3f} s: {_answer(request)}",
            css="fine" if (request.status or 0) // 100 == 2 else "bad",  # noqa: PLR2004 -- 2xx
            x=x,
            y=_ROW * number + 20,
            attempt_before=None if request.wait is None else before,
            wait=request.wait,
        )
        if request.attempt:
            before = x


def _name(request: Request) -> str:
    if request.attempt:
        return f"attempt {request.attempt}: {request.operation}"
    return request.operation


def _answer(request: Request) -> str:
    if request.status is None:
        return "connection dropped"
    refusal = (request.refusal or "").partition(":")[0]
    fault = refusal or (request.fault or "").removeprefix("injected: ")
    return f"{request.status} {fault}".strip()
