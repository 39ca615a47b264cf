"""The command line: its commands, and what it ends with."""

import errno
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import click

from .. import __version__
from ..verdict.exit_code import ExitCode
from ..words.errors import UsageError
from .catalogue import coverage, explain, init, list_rules
from .cleaning import clean
from .interpreter import open_standard_streams, use_utf_8
from .reports import compare, docs, gate, schema
from .running import call, serve, smoke, verify

_EXIT_CODES = """\b
Exit codes:
    0  The reporter conforms.
    1  The reporter does not conform.
    3  No verdict: the adapter or the backend broke.
    4  The command line, or a file that it names, is wrong.
    5  Nothing was run, or nothing that judges what -k names.
  130  The run was interrupted.
  141  The output pipe was closed.
"""
_SECTIONS = {
    "Verify a reporter": [init, smoke, verify, call, serve, clean],
    "Use conformance reports": [gate, compare, docs, schema],
    "Read the rules": [list_rules, explain, coverage],
}
# What a shell says of a program that SIGPIPE ended.
_BROKEN_PIPE = 141


class _Group(click.Group):
    """Ends with this suite's own exit codes where click or Python would end with theirs."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's form
        """Write each section, in one column."""
        width = max(map(len, self.commands))
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(f"{each.name:<{width}}", each.get_short_help_str(80)) for each in commands]
                )

    def invoke(self, context: click.Context) -> Any:
        """End as other programs do where nobody reads on: a broken pipe is no verdict."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            _print_no_more()
            sys.exit(_BROKEN_PIPE)

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run, and say in a sentence why it could not."""
        use_utf_8()
        open_standard_streams()
        try:
            sys.exit(super().main(*args, **{**kwargs, "standalone_mode": False}))
        except click.ClickException as error:
            error.show()
            sys.exit(ExitCode.USAGE_ERROR)
        except UsageError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(ExitCode.USAGE_ERROR)
        except click.Abort:
            click.echo("Interrupted: no verdict.", err=True)
            sys.exit(ExitCode.INTERRUPTED)
        except Exception as error:  # noqa: BLE001 -- a crash must not look like a verdict: exit code 1
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                message = "Error: there is no space left for the output, or for temporary files"
                click.echo(message, err=True)
                _print_no_more()
                sys.exit(ExitCode.USAGE_ERROR)
            frame = traceback.extract_tb(error.__traceback__)[-1]
            click.echo(
                "Error: no verdict, because the suite itself failed; please report "
                f"this: {type(error).__name__}: {error} ({frame.filename}, line {frame.lineno})",
                err=True,
            )
            sys.exit(ExitCode.ADAPTER_ERROR)


def _print_no_more() -> None:
    # Python would try once more when it ends, and then end with another code.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=_Group,
    commands=[command for section in _SECTIONS.values() for command in section],
    epilog=_EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="s3-reporter-conformance")
@click.pass_context
def main(context: click.Context) -> None:
    """Check whether an S3 reporter conforms to the diagrams."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the current folder was deleted: change to one that exists") from error
    if os.environ.get("NO_COLOR"):
        # Whatever is printed in the course of a command loses its style.
        context.color = False
