"""The command line."""

import json
import os
import shlex
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime, timezone
from functools import wraps
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .. import __version__
from ..adapters.base import DEFAULT_TIMEOUT
from ..adapters.manifest import EXTENDED_FEATURES, Jitter, Manifest
from ..errors import UsageError
from ..reporting.outputs import Outputs, write_site
from ..runner.concurrency import automatic_workers, workers_for
from ..runner.settings import Settings
from ..schemas import SCHEMAS
from ..verdict.verdict import ExitCode

if TYPE_CHECKING:
    from ..spec.requirements import Requirement
    from ..verdict.known_deviations import KnownDeviations
    from ..verdict.report import Report
    from ..verdict.status import Status


class _Group(click.Group):
    """Ends with this suite's own exit codes where click or Python would end with theirs."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Settings, and say in a sentence why it could not."""
        try:
            sys.exit(super().main(*args, **{**kwargs, "standalone_mode": False}))
        except click.ClickException as error:
            error.show()
            sys.exit(ExitCode.USAGE_ERROR)
        except UsageError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(ExitCode.USAGE_ERROR)
        except click.Abort:
            click.echo("Interrupted: nothing can be said of the reporter.", err=True)
            sys.exit(ExitCode.ADAPTER_ERROR)
        except Exception as error:  # noqa: BLE001 -- a crash must not look like a verdict: exit code 1
            frame = traceback.extract_tb(error.__traceback__)[-1]
            click.echo(
                "Error: the suite itself failed, which says nothing of the reporter; please report "
                f"this: {type(error).__name__}: {error} ({frame.filename}, line {frame.lineno})",
                err=True,
            )
            sys.exit(ExitCode.ADAPTER_ERROR)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="s3-reporter-conformance")
def main() -> None:
    r"""Tell whether an S3 reporter does what the diagrams say.

    \b
    Exit codes:
      0  the reporter conforms
      1  it does not
      3  the adapter or the backend broke: nothing can be said
      4  the command line is wrong
      5  nothing was run
    """


_Command = Callable[..., int]
_Option = Callable[[_Command], _Command]


def _file_option(*names: str, help: str) -> _Option:  # noqa: A002 -- click's name
    """A flag that names a file."""
    of_file = click.Path(dir_okay=False, path_type=Path)
    return click.option(*names, type=of_file, metavar="FILE", help=help)


_RUN_OPTIONS = (
    click.option(
        "--backend",
        default="moto",
        show_default=True,
        help="Where the S3 API comes from: moto, localstack or http://host:port.",
    ),
    click.option(
        "--backend-profile",
        metavar="PROFILE",
        help="The AWS profile of the suite itself at an endpoint that checks signatures.",
    ),
    click.option(
        "--allow-remote", is_flag=True, help="Let the endpoint be another machine than this."
    ),
    click.option(
        "--features", metavar="A,B", help="The extended features that the reporter declares."
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=DEFAULT_TIMEOUT,
        show_default=True,
        metavar="SECONDS",
        help="How long one call of the reporter may take.",
    ),
    click.option(
        "--max-retries",
        type=click.IntRange(min=0),
        help="How often the reporter retries where nothing is configured.  [default: 3]",
    ),
    click.option(
        "--jitter",
        type=click.Choice([each.value for each in Jitter]),
        help="How the reporter spreads its waits between retries.  [default: none]",
    ),
    click.option(
        "--in-process",
        is_flag=True,
        help="Run a reporter in Python in the suite's own process, where a debugger reaches it.",
    ),
    click.option(
        "--seed",
        metavar="TEXT",
        help="What names and access keys are made up from.  [default: by chance]",
    ),
)


_OUTPUT_OPTIONS = (
    _file_option("--report", help="Write the conformance report, JSON."),
    _file_option("--junitxml", help="Write JUnit XML."),
    _file_option("--markdown", help="Write a summary in Markdown."),
    _file_option("--cucumber-messages", help="Write Cucumber Messages, NDJSON."),
    click.option(
        "--html",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Draw the result as a site in this folder.",
    ),
)


def _gathering(
    kind: type[Any], name: str, options: tuple[_Option, ...]
) -> Callable[[_Command], _Command]:
    """Give a command flags, gathered into one argument.

    Args:
        kind: A dataclass whose fields have the names of the flags.
        name: What the command calls the argument.
        options: The flags.
    """

    def decorate(command: _Command) -> _Command:
        @wraps(command)
        def gathered(**given: Any) -> int:
            values = {each.name: given.pop(each.name) for each in fields(kind)}
            return command(**given, **{name: kind(**values)})

        decorated: _Command = gathered
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


_about_a_run = _gathering(Settings, "settings", _RUN_OPTIONS)
_with_outputs = _gathering(Outputs, "outputs", _OUTPUT_OPTIONS)


def _number_of_workers(_: click.Context, __: click.Parameter, given: str | None) -> int | None:
    if given is None:
        return None
    if given == "auto":
        return automatic_workers()
    if given.isdecimal():
        return int(given)
    raise click.BadParameter(f"{given} is neither a number of processes nor auto")


@main.command()
@click.argument("reporter", default="reference")
@_about_a_run
@click.option("-k", "keyword", metavar="EXPRESSION", help="Run only matching ids, as pytest's -k.")
@click.option(
    "-m",
    "marks",
    metavar="EXPRESSION",
    help='Run only these, as pytest\'s -m: "error_handling and core".',
)
@click.option("--level", type=click.Choice(["core", "extended"]), help="Run only this level.")
@click.option(
    "--last-failed", is_flag=True, help="Run only what did not pass the last time in this folder."
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first requirement that fails.")
@click.option(
    "-n",
    "workers",
    metavar="N",
    callback=_number_of_workers,
    help="Share the work among so many processes; 0 for this one alone.  [default: auto]",
)
@click.option("--quiet", is_flag=True, help="Say nothing of what passes.")
@click.option("--no-color", is_flag=True, help="Print no colors, as with NO_COLOR.")
@_file_option(
    "--known-deviations", "deviations_file", help="What the reporter is known to miss, TOML."
)
@click.option(
    "--update-known-deviations",
    "update",
    is_flag=True,
    help="Add what failed to that file, and take out what passed.",
)
@_file_option(
    "--baseline",
    "baseline_file",
    help="An earlier report; end with 1 only if something is worse than in it.",
)
@_with_outputs
def verify(  # noqa: PLR0913 -- one parameter for each flag
    *,
    settings: Settings,
    keyword: str | None,
    marks: str | None,
    level: str | None,
    last_failed: bool,
    fail_fast: bool,
    workers: int | None,
    quiet: bool,
    no_color: bool,
    deviations_file: Path | None,
    update: bool,
    baseline_file: Path | None,
    outputs: Outputs,
) -> int:
    """Run the suite against REPORTER and say whether it conforms.

    REPORTER is `reference`, the default; `python:package.module:Attribute`, a class or factory;
    `command:program arguments`, a program in any language; `ash:`, the plugin of ASH; or the path
    of a manifest, such as reporter.toml.
    """
    # Late, since pytest takes longer to import than `--help` to print.
    from ..reporting.console import Console
    from ..reporting.report import Circumstances, read_report, report_of
    from ..runner.session import Session
    from ..spec.gherkin import all_requirements
    from ..verdict.known_deviations import update_known_deviations
    from ..verdict.last_failed import LastFailed

    settings.check_backend()
    manifest = settings.manifest
    deviations = _known_deviations(deviations_file, manifest, update=update)
    baseline = read_report(baseline_file) if baseline_file else None
    outputs.prepare()
    memory = LastFailed(settings.reporter)
    if no_color:
        os.environ["NO_COLOR"] = "1"
    requirements = all_requirements()
    console = Console(requirements, settings.line, quiet=quiet)
    console.start(manifest, settings.backend)
    failed = memory.read() if last_failed else ()
    if last_failed and not failed:
        click.echo("nothing is known to have failed the last time: all that is selected is run")
    session = Session(requirements, console.result, deviations, fail_fast=fail_fast)
    started = datetime.now(timezone.utc)
    verdict = session.run(
        [
            *settings.arguments,
            *_selection(keyword, marks, level, failed),
        ],
        workers_for(settings) if workers is None else workers,
    )
    run_info = session.run_info
    console.summary(verdict, run_info)
    if update:
        console.updated(deviations.path, update_known_deviations(deviations, verdict))
    memory.write(verdict)
    circumstances = Circumstances(manifest, started, run_info, settings.line)
    report = report_of(verdict, circumstances)
    outputs.write(report)
    if baseline is None:
        return verdict.exit_code
    click.echo()
    gated = _hold_against(report, baseline)
    return gated or (verdict.exit_code if verdict.exit_code != ExitCode.DOES_NOT_CONFORM else 0)


def _selection(
    keyword: str | None, marks: str | None, level: str | None, ids: Iterable[str]
) -> Iterable[str]:
    """Pytest's options for what the user wants to run."""
    if expressions := [
        f"({expression})" for expression in (keyword, " or ".join(ids)) if expression
    ]:
        yield from ("-k", " and ".join(expressions))
    if expressions := [f"({expression})" for expression in (marks, level) if expression]:
        yield from ("-m", " and ".join(expressions))


def _known_deviations(path: Path | None, manifest: Manifest, *, update: bool) -> "KnownDeviations":
    from ..spec.gherkin import all_requirements
    from ..verdict.known_deviations import KnownDeviations, read_known_deviations

    if path is None:
        if update:
            raise UsageError("--update-known-deviations needs --known-deviations FILE")
        return KnownDeviations()
    if update and not path.exists():
        return KnownDeviations(path)
    return read_known_deviations(path, all_requirements(), manifest)


@main.command()
@click.argument("reporter")
@_about_a_run
def smoke(*, settings: Settings) -> int:
    """Tell whether REPORTER can be asked at all: two calls, with what was sent and what came."""
    from ..runner.smoke import smoke as two_calls

    settings.check_backend()
    return two_calls(settings.manifest, settings.open_backend, settings.timeout, click.echo)


@main.command()
@click.argument("reporter")
@click.argument("requirement_id", metavar="ID")
@_about_a_run
def call(*, settings: Settings, requirement_id: str) -> int:
    """Repeat the calls of REPORTER that the requirement ID makes, and show what went to and fro."""
    from ..reporting.console import Console
    from ..runner.session import Session

    settings.check_backend()
    requirement, manifest = _requirement(requirement_id), settings.manifest
    if requirement.feature and requirement.feature not in manifest.features:
        raise UsageError(
            f"{requirement.id} is not asked: {manifest.name} does not declare {requirement.feature}"
        )
    session = Session([requirement], Console([requirement], settings.line).result)
    verdict = session.run([*settings.arguments, "--show-calls", "-k", requirement.id])
    if session.run_info.aborted:
        click.echo(session.run_info.aborted)
    return verdict.exit_code


@main.command("gate")
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="The conformance report that was good enough.",
)
def hold_against(report: Path, baseline: Path) -> int:
    """Tell whether REPORT is as good as the baseline, and what became better.

    Ends with 1 if a requirement that passed in the baseline does not, if one is gone, or if fewer
    ran.
    """
    from ..reporting.report import read_report

    return _hold_against(read_report(report), read_report(baseline))


def _hold_against(report: "Report", baseline: "Report") -> int:
    from ..verdict.baseline import judge

    click.echo(f"baseline  {baseline.title}\nreport    {report.title}\n")
    gate = judge(baseline, report)
    for sentence in (*gate.regressions, *gate.improvements):
        click.echo(f"  {sentence}")
    if gate.regressions:
        click.secho("Red", fg="red", bold=True, nl=False)
        click.echo(f": worse than the baseline in {len(gate.regressions)} ways")
        return ExitCode.DOES_NOT_CONFORM
    click.secho("Green", fg="green", bold=True, nl=False)
    click.echo(f": as good as the baseline, and better in {len(gate.improvements)} ways")
    return ExitCode.CONFORMS


@main.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder to write the site to.",
)
def docs(reports: tuple[Path, ...], output: Path) -> int:
    """Draw REPORTS, conformance reports of one reporter or of many, as a site in a folder."""
    from ..reporting.report import read_report

    write_site([read_report(path) for path in reports], output)
    return ExitCode.CONFORMS


@main.command()
@click.argument("name", type=click.Choice(SCHEMAS), default="report")
def schema(name: str) -> int:
    """Print a JSON Schema: of the conformance report, if not told otherwise."""
    from ..schemas import read_schema

    click.echo(json.dumps(read_schema(name), indent=2))
    return ExitCode.CONFORMS


@main.command()
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
def compare(first: Path, second: Path) -> int:
    """Tell where two conformance reports disagree: of two backends, reporters or versions.

    Ends with 1 if they do.
    """
    from ..reporting.report import read_report
    from ..verdict.comparison import disagreements

    reports = [read_report(path) for path in (first, second)]
    for path, report in zip((first, second), reports, strict=True):
        click.echo(f"{path}: {report.title}")
    found = list(disagreements(*reports))
    for each in found:
        click.echo(
            f"  {each.requirement:<18}{_told(each.first)} / {_told(each.second)}  {each.name}"
        )
    count = len(reports[0].requirements)
    click.echo(f"{len(found)} of {count} requirements differ" if found else "they agree")
    return ExitCode.DOES_NOT_CONFORM if found else ExitCode.CONFORMS


def _told(status: "Status | None") -> str:
    return status.value if status else "absent"


@main.command()
@click.argument(
    "path", type=click.Path(dir_okay=False, path_type=Path), default=Path("reporter.toml")
)
def init(path: Path) -> int:
    """Write a manifest with comments to PATH, reporter.toml if none is given."""
    template = (resources.files("s3_reporter_conformance.adapters") / "template.toml").read_text(
        encoding="utf-8"
    )
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template)
    except FileExistsError:
        raise UsageError(f"{path} is there already, and stays as it is") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    click.echo(f"{path} is written: say in it how to run your reporter, then try")
    click.echo(f"  s3-reporter-conformance smoke {shlex.quote(str(path))}")
    return ExitCode.CONFORMS


@main.command("list")
@click.option("--level", type=click.Choice(["core", "extended"]), help="Only these.")
@click.option("--feature", metavar="FEATURE", help="Only those of an extended feature.")
@click.option("--diagram", metavar="DIAGRAM", help="Only those that follow a diagram.")
def list_requirements(level: str | None, feature: str | None, diagram: str | None) -> int:
    """List the requirements."""
    from ..spec.diagrams import all_diagrams
    from ..spec.explain import listing
    from ..spec.gherkin import all_requirements

    _expect_known("feature", feature, EXTENDED_FEATURES)
    _expect_known("diagram", diagram, all_diagrams())
    selected = [
        requirement
        for requirement in all_requirements()
        if level in {None, requirement.level.value}
        and feature in {None, requirement.feature}
        and diagram in {None, requirement.diagram}
    ]
    for line in listing(selected):
        click.echo(line)
    click.echo(f"\n{len(selected)} requirements; explain ID tells more about one")
    return ExitCode.CONFORMS if selected else ExitCode.NOTHING_RAN


@main.command()
@click.argument("requirement_id", metavar="ID")
def explain(requirement_id: str) -> int:
    """Tell what a requirement asks for, why, and what is often wrong."""
    from ..spec.explain import explanation

    for line in explanation(_requirement(requirement_id)):
        click.echo(line)
    return ExitCode.CONFORMS


@main.command("coverage")
@click.option("--details", is_flag=True, help="Name the requirements of each edge and path.")
def show_coverage(details: bool) -> int:  # noqa: FBT001 -- a flag
    """Tell which edges and prime paths of the diagrams the requirements cover.

    Ends with 1 if one is covered by none.
    """
    from ..spec.coverage import coverage
    from ..spec.explain import coverage_lines
    from ..spec.gherkin import all_requirements

    covered = coverage(all_requirements())
    for line in coverage_lines(covered, details=details):
        click.echo(line)
    complete = all(each.complete for each in covered)
    click.echo("\nEvery edge and every prime path is covered." if complete else "\nNot complete.")
    return ExitCode.CONFORMS if complete else ExitCode.DOES_NOT_CONFORM


def _requirement(given: str) -> "Requirement":
    from ..spec.gherkin import all_requirements

    for requirement in all_requirements():
        if requirement.id == given.upper():
            return requirement
    raise UsageError(f"there is no requirement {given}: 'list' shows those there are")


def _expect_known(what: str, name: str | None, known: Iterable[str]) -> None:
    if name is not None and name not in known:
        raise UsageError(f"there is no {what} {name}: there are {', '.join(sorted(known))}")
