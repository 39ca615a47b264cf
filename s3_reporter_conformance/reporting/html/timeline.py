"""A drawing of what was asked of S3, one row a request, along the time."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_LEFT, _RIGHT, _WIDTH, _ROW = 190, 200, 760, 26


def draw_timeline(requests: Sequence[Mapping[str, Any]], seconds: float) -> str:
    """Draw requests along the time that the call took.

    Args:
        requests: The requests of an example's evidence.
        seconds: How long the call took.
    """
    height = _ROW * (len(requests) + 1) + 8
    scale = (_WIDTH - _LEFT - _RIGHT) / max(seconds, *(each["seconds"] for each in requests), 0.001)
    rows = []
    before = None
    for number, request in enumerate(requests):
        y = _ROW * number + 20
        x = _LEFT + request["seconds"] * scale
        rows.append(f'<text x="0" y="{y + 4}">{escape(_what(request))}</text>')
        if request["wait"] is not None and before is not None:
            gap = f"{request['wait']:.3f} s"
            middle = (before[0] + x) / 2
            rows.append(
                f'<line class="gap" x1="{before[0]:.1f}" y1="{y}" x2="{x:.1f}" y2="{y}"/>'
                f'<text class="gap" x="{middle:.1f}" y="{y - 5}">{gap}</text>'
            )
        css = "fine" if (request["status"] or 0) // 100 == 2 else "bad"  # noqa: PLR2004 -- 2xx
        rows.append(f'<circle class="{css}" cx="{x:.1f}" cy="{y}" r="6"/>')
        answer = f"{request['seconds']:.3f} s: {_answer(request)}"
        rows.append(f'<text x="{_WIDTH - _RIGHT + 14}" y="{y + 4}">{escape(answer)}</text>')
        if request["attempt"]:
            before = (x, y)
    base = height - 14
    rows.append(f'<line class="axis" x1="{_LEFT}" y1="{base}" x2="{_WIDTH - _RIGHT}" y2="{base}"/>')
    rows.append(f'<text class="axis" x="{_LEFT}" y="{height}">0 s</text>')
    rows.append(f'<text class="axis end" x="{_WIDTH - _RIGHT}" y="{height}">{seconds:.3f} s</text>')
    words = f"{len(requests)} requests in {seconds:.3f} seconds"
    return (
        f'<svg class="timeline" role="img" aria-label="{words}" viewBox="-4 0 {_WIDTH + 4} '
        f'{height + 6}" width="{_WIDTH + 4}" height="{height + 6}">{"".join(rows)}</svg>'
    )


def _what(request: Mapping[str, Any]) -> str:
    if request["attempt"]:
        return f"attempt {request['attempt']}: {request['operation']}"
    return str(request["operation"])


def _answer(request: Mapping[str, Any]) -> str:
    if request["status"] is None:
        return "connection dropped"
    refusal = str(request.get("refusal") or "").partition(":")[0]
    fault = refusal or str(request["fault"] or "").removeprefix("injected: ")
    return f"{request['status']} {fault}".strip()
