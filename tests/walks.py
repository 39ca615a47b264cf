"""Writes the routes of the reference through the diagrams, in `docs/walks.json`."""

import json
from collections.abc import Iterable
from pathlib import Path

from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.runner.verify import verify
from s3_reporter_conformance.verdict.runs import RunResult

FILE = Path(__file__).parent.parent / "docs" / "walks.json"
_ARROW = " > "


def walks(runs: Iterable[RunResult]) -> str:
    """The file: for each diagram, its routes, and the runs that take them."""
    found: dict[str, dict[str, list[str]]] = {}
    for run in runs:
        for diagram, routes in sorted(run.paths.items()):
            for route in routes:
                found.setdefault(diagram, {}).setdefault(_ARROW.join(route), []).append(run.id)
    return json.dumps(found, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(walks(verify(Settings()).report.runs), encoding="utf-8")
