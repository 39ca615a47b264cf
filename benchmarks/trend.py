"""The trend, run beside run: `python -m benchmarks.trend FILE...`, the oldest first."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import click


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def main(files: Sequence[Path]) -> None:
    """Print a table in Markdown: one line for each benchmark, one column for each FILE."""
    runs = [json.loads(file.read_text()) for file in files]
    columns = [{figure["name"]: figure for figure in run["figures"]} for run in runs]
    names = list(dict.fromkeys(name for column in columns for name in column))
    dates = [max(figure["measured"] for figure in run["figures"]) for run in runs]
    for line in (
        ["benchmark", *dates],
        ["---"] * (1 + len(runs)),
        *([name, *(_cell(column.get(name)) for column in columns)] for name in names),
    ):
        click.echo(f"| {' | '.join(line)} |")


def _cell(figure: dict[str, Any] | None) -> str:
    """The ratio, or the time where there is none."""
    if figure is None or figure["missing"]:
        return ""
    if figure["ratios"]:
        return f"{median(figure['ratios']):.2f}"
    return f"{median(sample['wall'] for sample in figure['samples']):.2f} s"


if __name__ == "__main__":
    main()
