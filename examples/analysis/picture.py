"""Draws a chart of the findings by severity of the scans under a prefix.

    python -m s3_reporter_conformance.analysis.picture s3://my-bucket/scans/ severities.png

The credentials and the region are those of the environment: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_REGION. AWS_ENDPOINT_URL names another S3 API than that of AWS.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import matplotlib as mpl
from matplotlib.figure import Figure

from .querying import connect, query

# From least to most severe, each with its own color and hatch.
SEVERITIES = {
    "info": ("#9fb3c8", ""),
    "low": ("#6d9dc5", "//"),
    "medium": ("#e0b13c", ".."),
    "high": ("#d9702b", "xx"),
    "critical": ("#a11d2b", ""),
}


def severities_over_time(prefix: str) -> Sequence[tuple[datetime, str, int]]:
    """The number of findings of each severity in each scan, in the order of the scans.

    Args:
        prefix: Where the reports are, such as `s3://my-bucket/scans/`.

    Raises:
        LookupError: There are no reports in JSON.
    """
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    key_id, secret = (os.environ.get(name, "") for name in names)
    region = os.environ.get("AWS_REGION", "us-east-1")
    with connect(endpoint, key_id, secret, region) as connection:
        here = f"{prefix.rstrip('/')}/*"
        counts = {
            ending: len(connection.execute("FROM glob($1)", [f"{here}.{ending}"]).fetchall())
            for ending in ("json", "yaml")
        }
        if not counts["json"]:
            in_yaml = (
                f"; {counts['yaml']} in YAML, which only a Lambda function can use: Athena, "
                "QuickSight and Glue do not read it"
            )
            raise LookupError(
                f"no reports in JSON under {prefix}{in_yaml if counts['yaml'] else ''}"
            )
        rows = query(connection, "timeline", f"{here}.json")
    return [(started, severity, findings) for started, severity, findings in rows]


def draw(rows: Sequence[tuple[datetime, str, int]], path: Path) -> None:
    """Draw a bar for each scan, stacked by severity.

    Args:
        rows: See `severities_over_time`.
        path: The picture to write; its ending says in which format.
    """
    scans: dict[datetime, dict[str, int]] = defaultdict(dict)
    for started, severity, findings in rows:
        scans[started][severity] = findings
    labels = [f"{started:%b %d}\n{started:%H:%M}" for started in scans]
    with mpl.rc_context({"hatch.linewidth": 0.6, "font.size": 9}):
        figure = Figure(figsize=(9, 4.5), layout="constrained")
        axes = figure.subplots()
        base = [0] * len(scans)
        for severity, (color, hatch) in SEVERITIES.items():
            heights = [counts.get(severity, 0) for counts in scans.values()]
            axes.bar(
                labels,
                heights,
                bottom=base,
                label=severity,
                color=color,
                hatch=hatch,
                edgecolor="white",
                linewidth=0.8,
            )
            base = [low + height for low, height in zip(base, heights, strict=True)]
        axes.bar_label(axes.containers[-1], labels=[str(total) for total in base], padding=2)  # type: ignore[arg-type]
        axes.set_title("Findings by severity, scan by scan")
        axes.set_ylabel("findings")
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(reverse=True, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
        figure.savefig(path, dpi=150)


def main(arguments: Sequence[str]) -> str:
    """Draw the chart; see the module.

    Returns:
        Why it cannot; empty if it can.
    """
    if len(arguments) != 2:  # noqa: PLR2004 -- a prefix and a file
        return str(__doc__)
    try:
        draw(severities_over_time(arguments[0]), Path(arguments[1]))
    except (LookupError, duckdb.Error, OSError) as error:
        return str(error)
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
