"""Requests, and whole calls of a reporter, in lines for people."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from ..adapters.base import Call
from ..s3.error_codes import said_in
from ..scenario.environment import ALWAYS, SECRETS
from ..verdict.runs import Request
from ..wire.exchange import Exchange
from ..words.names import count_of
from .evidence import requests_of
from .wrapping import LABEL

_MOST = 1500
_HIDDEN = {"authorization", "x-amz-security-token"}


def timeline(requests: Iterable[Request], told: str = "") -> Iterator[str]:
    """Each request in a line or a few; attempts under what they put, with the gaps between them.

    Why one was refused is not told again.
    """
    before = ""
    for request in requests:
        at = f"{request.seconds:.3f} s"
        target = f"{request.method} {request.target}"
        answer = "connection dropped" if request.status is None else str(request.status)
        answer += f" ({request.fault})" if request.fault else ""
        if request.refusal:
            answer += f" (refused: {'as above' if request.refusal in told else request.refusal})"
            told += request.refusal
        lines = []
        if request.attempt is None:
            lines.append(f"{at}  {target} -> {answer}")
        else:
            size = request.headers.get("content-length")
            target += f", {size} B" if size else ""
            if target != before:
                lines.append(target)
            when = at if request.wait is None else f"+{request.wait:.3f} s"
            lines.append(f"attempt {request.attempt:<3}{when:<10} -> {answer}")
        if request.error:
            lines.append(f"S3 said: {said_in(request.error)}")
        yield "\n".join(lines)
        before = target


def call_lines(call: Call, exchanges: Sequence[Exchange], *, whole: bool) -> Iterator[str]:
    """The transcript of a call; whole but for secrets, or brief."""
    variables = [
        f"{name}={'(hidden)' if name in SECRETS else value}"
        for name, value in call.environment.items()
        if name not in ALWAYS
    ]
    yield _labeled("options", ", ".join(f"{n} = {v!r}" for n, v in call.options.items()))
    yield _labeled("environment", " ".join(variables))
    # What an adapter sent and got, under names that sort as it came about.
    for path in sorted(path for path in call.scratch.rglob("*") if path.is_file()):
        # `2-report-3-reply` is `report reply`.
        name = str(path.relative_to(call.scratch))
        yield f"  {re.sub(r'[0-9]+-', '', name).replace('-', ' ')}"
        with path.open(errors="replace") as file:
            text = file.read(-1 if whole else _MOST + 1).strip()
        if len(text) > _MOST and not whole:
            text = f"{text[:_MOST]} ... (the first {_MOST:,} characters)"
        yield textwrap.indent(text or "(nothing)", " " * 4)
    yield _labeled("S3 saw", count_of(len(exchanges), "request"))
    words = timeline(requests_of(exchanges, str))
    for exchange, told in zip(exchanges, words, strict=True):
        yield textwrap.indent(told, " " * 4)
        if whole:
            for name, value in exchange.headers:
                yield f"      {name}: {'(hidden)' if name.lower() in _HIDDEN else value}"
            yield textwrap.indent(exchange.payload.decode(errors="replace"), " " * 8)


def _labeled(label: str, text: str) -> str:
    return f"  {label:<{LABEL}}{text or 'none'}"
