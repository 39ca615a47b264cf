"""The files that a result is written to, and how much of it is printed."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..disk.files import make_folder, write
from ..words.errors import UsageError
from ..words.option import option

if TYPE_CHECKING:
    from ..verdict.report import Report
    from .console import Echo

_DETAIL, _FILES = "What is printed", "Output files"
# The endings of the files that may be replaced.
_ENDINGS = {
    "report": {".json"},
    "junitxml": {".xml"},
    "markdown": {".md"},
    "badge": {".json", ".svg"},
}


@dataclass(frozen=True)
class Detail:
    """The amount of output."""

    quiet: bool = option(False, "Print one line for each fault.", group=_DETAIL)
    verbose: bool = option(False, "Show each run, and more about each rule.", group=_DETAIL)


@dataclass(frozen=True)
class Outputs:
    """The files to write; `None` for no file."""

    report: Path | None = option(None, "Write the conformance report, JSON.", group=_FILES)
    junitxml: Path | None = option(None, "Write JUnit XML.", group=_FILES)
    markdown: Path | None = option(None, "Write a summary in Markdown.", group=_FILES)
    badge: Path | None = option(
        None, "Write a badge: FILE.json for shields.io, or FILE.svg.", group=_FILES
    )
    html: Path | None = option(None, "Write a site to this folder.", group=_FILES, metavar="DIR")

    def check(self, read: Mapping[str, Path | None]) -> None:
        """Make sure that each output has a file of its own, and replaces nothing but its like.

        Args:
            read: What the run reads and so must not overwrite, by the flag or argument.

        Raises:
            UsageError: Two flags name the same, a badge is of no known form, or a file that is
                there is no such output.
        """
        if self.badge and self.badge.suffix not in _ENDINGS["badge"]:
            raise UsageError(f"--badge {self.badge}: the name has to end in .json or .svg")
        written = {f"--{name}": path for name, path in asdict(self).items()}
        flags: dict[str, str] = {}
        for flag, path in {**written, **read}.items():
            # Not `Path.resolve`, which raises an error for a loop of links.
            if path and (other := flags.setdefault(os.path.realpath(path), flag)) != flag:
                raise UsageError(f"{other} and {flag} both name {path}: give each its own file")
        for name, endings in _ENDINGS.items():
            path = getattr(self, name)
            if path and path.suffix not in endings and _has_content(path):
                ending = " or ".join(sorted(endings))
                raise UsageError(
                    f"--{name} {path}: the file is there already, and stays as it is: delete it, "
                    f"or give a name that ends in {ending}"
                )
        if self.html:
            check_site(self.html)

    def prepare(self) -> None:
        """Make sure, before a run takes its time, that files can be written, and empty them.

        Raises:
            UsageError: One cannot.
        """
        for path in (self.report, self.junitxml, self.markdown, self.badge):
            if path:
                # What an earlier run left must not count.
                write(path, "")
        if self.html:
            make_folder(self.html)
        for variable in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
            _append(variable, "")

    def write(self, report: "Report", echo: "Echo" = click.echo, reporter: str = "") -> None:
        """Write them, and tell GitHub Actions where that is where the suite runs.

        Args:
            report: The report.
            echo: Prints what is told.
            reporter: How the user named the reporter, such as by its manifest.

        Raises:
            UsageError: One cannot be written.
        """
        # Late, since most commands write none of them.
        from .formats.badge import badge_json, badge_svg
        from .formats.github import annotations, step_outputs
        from .formats.junit import junit
        from .formats.markdown import markdown
        from .report_files import dump

        is_drawn = self.badge and self.badge.suffix == ".svg"
        for path, form in (
            (self.report, dump),
            (self.junitxml, junit),
            (self.markdown, markdown),
            (self.badge, badge_svg if is_drawn else badge_json),
        ):
            if path:
                write(path, form(report))
        if self.html:
            from .html.site import build_site

            echo(build_site([report], self.html))
        # GitHub Actions shows this file on the page of a run.
        _append("GITHUB_STEP_SUMMARY", markdown(report))
        _append("GITHUB_OUTPUT", step_outputs(report))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            for line in annotations(report, reporter):
                echo(line)


def check_site(folder: Path) -> None:
    """Make sure that a site replaces no other.

    Raises:
        UsageError: There is another one in the folder.
    """
    index = folder / "index.html"
    if _has_content(index) and b"S3 reporter conformance" not in index.read_bytes():
        raise UsageError(
            f"{index} is no page of this suite, and stays as it is: give another folder"
        )


def _has_content(path: Path) -> bool:
    """Whether a path is that of a file with something in it."""
    # A stream, even if it goes to a file.
    if str(path).startswith(("/dev/fd/", "/dev/std")):
        return False
    # What cannot be looked at is told when it cannot be written.
    with suppress(OSError):
        return path.is_file() and path.stat().st_size > 0
    return False


def _append(variable: str, text: str) -> None:
    """Add to the file that GitHub Actions names in a variable, if it does."""
    if path := os.environ.get(variable):
        write(Path(path), text, "a")
