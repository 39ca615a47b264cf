"""What a call of a reporter looks like to somebody who wants to know what went to and fro."""

import textwrap
from collections.abc import Iterator

from ..adapters.base import Call
from ..scenario.environment import ALWAYS, SECRETS

_MOST = 1500
_INDENT = 12


def call_lines(call: Call) -> Iterator[str]:
    """What was configured, what was sent and what came, line by line."""
    yield _labelled("options", ", ".join(f"{n} = {v!r}" for n, v in call.options.items()))
    variables = [
        f"{name}={'(hidden)' if name in SECRETS else value}"
        for name, value in call.environment.items()
        if name not in ALWAYS
    ]
    yield _labelled("environment", " ".join(variables))
    # What an adapter sent and got, under names that sort as it came about.
    for path in sorted(path for path in call.scratch.rglob("*") if path.is_file()):
        text = path.read_text(errors="replace").strip()
        shown = f"{text[:_MOST]} ... ({len(text):,} characters)" if len(text) > _MOST else text
        name = path.relative_to(call.scratch)
        yield f"  {name}\n{textwrap.indent(shown or '(nothing)', ' ' * 4)}"


def _labelled(label: str, text: str) -> str:
    return f"  {label:<{_INDENT}}{text or 'none'}"
