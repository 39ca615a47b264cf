"""A drawing of the requests to S3 along the time, one row a request."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...verdict.evidence import Evidence, Request

_LEFT, _RIGHT, _WIDTH, _ROW = 190, 200, 760, 26


@dataclass(frozen=True)
class Row:
    """A request on the drawing.

    Attributes:
        name: The operation, and which attempt it is.
        answer: The answer, and its time.
        css: The class of its circle.
        x: The position of its circle.
        y: The position of its row.
        attempt_before: The position of the circle of the attempt before, if there is a wait.
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
    """The layout of a drawing, for `templates/timeline.html`.

    Attributes:
        rows: The requests.
        seconds: The duration of the call.
        width: Its width.
        left: The begin of the axis of time.
        right: Its end.
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
