"""The transcript of a call: what was configured, the requests, the replies, and what S3 saw."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..adapters.base import Call
from ..scenario.environment import ALWAYS, SECRETS
from ..wire.exchange import Exchange
from ..words.names import count_of
from .printable import printable

_MOST = 1500
# As many characters of a file as are read.
_LARGEST = 64 * 1024 * 1024
_LARGEST_PART = 1024 * 1024
_INDENT = 12
_HIDDEN = {"authorization", "x-amz-security-token"}


def call_lines(call: Call, exchanges: Sequence[Exchange], *, whole: bool) -> Iterator[str]:
    """What was configured, what was sent and what came, line by line, fit for a terminal.

    Args:
        call: The call, which is over.
        exchanges: The requests of the reporter, and how they were answered.
        whole: Leave nothing out but secrets.
    """
    return map(printable, _call_lines(call, exchanges, whole=whole))


def _call_lines(call: Call, exchanges: Sequence[Exchange], *, whole: bool) -> Iterator[str]:
    yield _labelled("options", ", ".join(f"{n} = {v!r}" for n, v in call.options.items()))
    variables = [
        f"{name}={'(hidden)' if name in SECRETS else value}"
        for name, value in call.environment.items()
        if name not in ALWAYS
    ]
    yield _labelled("environment", " ".join(variables))
    # What an adapter sent and got, under names that sort as it came about.
    for path in sorted(path for path in call.scratch.rglob("*") if path.is_file()):
        title = _title(path.relative_to(call.scratch))
        yield f"  {title}\n{_block(_beginning(path, whole=whole), whole=whole)}"
    yield _labelled("S3 saw", count_of(len(exchanges), "request"))
    for exchange in exchanges:
        yield from _exchange_lines(exchange, whole=whole)


def _beginning(path: Path, *, whole: bool) -> str:
    """What a file holds; of a large one no more than is shown."""
    with path.open(errors="replace") as file:
        return file.read(_LARGEST if whole else _LARGEST_PART).strip()


def _exchange_lines(exchange: Exchange, *, whole: bool) -> Iterator[str]:
    answer = "connection dropped" if exchange.status is None else str(exchange.status)
    answer += f" ({exchange.fault})" if exchange.fault else ""
    answer += f" (refused: {exchange.refusal.finding})" if exchange.refusal else ""
    head = f"{exchange.time:.3f} s  {exchange.method} {exchange.target}"
    yield f"    {head}, {len(exchange.body):,} bytes -> {answer}"
    if not whole:
        return
    for name, value in exchange.headers:
        yield f"      {name}: {'(hidden)' if name.lower() in _HIDDEN else value}"
    if exchange.body:
        yield textwrap.indent(exchange.payload.decode(errors="replace"), " " * 8)


def _title(file: Path) -> str:
    """What a file is, without the numbers that sort it: `2-report-3-reply` is `report reply`."""
    return re.sub(r"\d+-", "", str(file)).replace("-", " ")


def _block(text: str, *, whole: bool) -> str:
    shown = text
    if len(text) > _MOST and not whole:
        shown = f"{text[:_MOST]} ... ({len(text):,} characters)"
    return textwrap.indent(shown or "(nothing)", " " * 4)


def _labelled(label: str, text: str) -> str:
    return f"  {label:<{_INDENT}}{text or 'none'}".rstrip()
