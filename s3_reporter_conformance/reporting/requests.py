"""The requests of a reporter and their answers, as a report has them, and in words."""

from collections.abc import Callable, Iterable, Iterator

from ..verdict.runs import Request
from ..wire.exchange import Exchange

_HEADERS = ("content-type", "content-length")
_BEGINNING = 400

Redact = Callable[[str], str]
"""Makes a text that was seen fit for a report."""


def requests_of(exchanges: Iterable[Exchange], clean: Redact) -> Iterator[Request]:
    """The requests; attempts to upload with their number, and the wait before."""
    number = 0
    before = 0.0
    for exchange in exchanges:
        attempt = wait = None
        if exchange.is_attempt:
            wait = round(exchange.time - before, 3) if number else None
            attempt = number = number + 1
            before = exchange.time
        header = exchange.header
        yield Request(
            seconds=round(exchange.time, 3),
            operation=clean(exchange.operation),
            method=clean(exchange.method),
            target=clean(exchange.target),
            headers={name: clean(header[name]) for name in _HEADERS if name in header},
            status=exchange.status,
            refusal=clean(str(exchange.refusal)) if exchange.refusal else None,
            fault=exchange.fault,
            attempt=attempt,
            wait=wait,
            error=beginning(exchange.error, clean) or None,
        )


def beginning(content: bytes, clean: Redact) -> str:
    """The first characters of a document."""
    return cut(clean(content[: 2 * _BEGINNING].decode(errors="replace")), _BEGINNING)


def cut(text: str, most: int) -> str:
    """No more of a text than a number of characters."""
    return text if len(text) <= most else f"{text[:most]} ..."


def answer_of(request: Request) -> str:
    """The answer to a request, and whose it is if S3 itself did not give it."""
    answer = "connection dropped" if request.status is None else str(request.status)
    answer += f" ({request.fault})" if request.fault else ""
    answer += f" (refused: {request.refusal})" if request.refusal else ""
    return answer


def timeline(requests: Iterable[Request]) -> Iterator[str]:
    """Each request in a line or a few; attempts under what they put, with the gaps between them."""
    before = ""
    for request in requests:
        at = f"{request.seconds:.3f} s"
        target = f"{request.method} {request.target}"
        lines = []
        if request.attempt is None:
            lines.append(f"{at}  {target} -> {answer_of(request)}")
        else:
            size = request.headers.get("content-length")
            target += f", {size} B" if size else ""
            if target != before:
                lines.append(target)
            gap = "" if request.wait is None else f"+{request.wait:.3f} s"
            lines.append(f"{at}  attempt {request.attempt:<3}{gap:<10} -> {answer_of(request)}")
        if request.error:
            lines.append(f"S3 said: {' '.join(request.error.split())}")
        yield "\n".join(lines)
        before = target
