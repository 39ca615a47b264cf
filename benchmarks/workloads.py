"""How the benchmarks are measured: functions that measure something once."""

import os
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import tomlkit

from .measuring import NotMeasuredError, Sample, run, run_script

ROOT = Path(__file__).parents[1]
_SUITE = (sys.executable, "-m", "s3_reporter_conformance")


@dataclass(frozen=True)
class Setting:
    """Where the benchmarks run.

    Attributes:
        folder: A folder of their own, which holds a link to this package and nothing else of the
            checkout: what is measured is the suite as it is installed.
        ash: The Python in whose environment ASH is installed.
    """

    folder: Path
    ash: str


Measure = Callable[[Setting], Sample]


def python(setting: Setting) -> Sample:
    """Measure Python doing nothing."""
    return run([sys.executable, "-c", "pass"], setting.folder)[0]


def suite(*arguments: str) -> Measure:
    """Measure the suite's command."""
    return lambda setting: run([*_SUITE, *arguments], setting.folder)[0]


def script(name: str, *arguments: str) -> Measure:
    """Measure what a script does in this Python."""
    return lambda setting: run_script(
        _script_command(sys.executable, name, *arguments), setting.folder
    )


def _script_command(python: str, name: str, *arguments: str) -> list[str]:
    return [python, "-m", f"benchmarks.scripts.{name}", *arguments]


def with_ash(measure: Measure) -> Measure:
    """Measure something only where ASH is."""

    def measured(setting: Setting) -> Sample:
        try:
            run([setting.ash, "-c", "import automated_security_helper"], setting.folder)
        except NotMeasuredError:
            raise NotMeasuredError("ASH is not installed; see docs/ash.md and --ash") from None
        return measure(setting)

    return measured


def ash_reports(setting: Setting) -> Sample:
    """Measure a report by ASH."""
    return run_script(_script_command(setting.ash, "report", "ash"), setting.folder)


def verify_ash(setting: Setting) -> Sample:
    """Measure `verify` on ASH."""
    ash = ROOT / "examples" / "ash"
    deviations = str(ash / "known-deviations.toml")
    command = [setting.ash, "-m", "s3_reporter_conformance", "verify", str(ash / "reporter.toml")]
    return run([*command, "--known-deviations", deviations], setting.folder)[0]


def bare_calls(setting: Setting) -> Sample:
    """Send what `verify` sends to moto, recorded once, to a moto by itself."""
    calls = setting.folder / "calls.pickle"
    if not calls.exists():
        run(_script_command(sys.executable, "record_calls", str(calls)), setting.folder)
    return run(_script_command(sys.executable, "replay_calls", str(calls)), setting.folder)[0]


def verify_program(example: str, *arguments: str) -> Measure:
    """Measure `verify` on an example, and the sum of its processes divided by the cores."""

    def measured(setting: Setting) -> Sample:
        source = ROOT / "examples" / example
        manifest = tomlkit.parse((source / "reporter.toml").read_text())
        program, script = shlex.split(str(manifest["adapter"]).removeprefix("command:"))
        if shutil.which(program) is None:
            raise NotMeasuredError(f"{program} is not installed")
        times, timed = setting.folder / f"{example}.times", setting.folder / f"{example}.sh"
        times.unlink(missing_ok=True)
        timed.write_text(
            "started=$EPOCHREALTIME\n"
            f"{program} {shlex.quote(str(source / script))}\n"
            "code=$?\n"
            f'echo "$EPOCHREALTIME - $started" >> {shlex.quote(str(times))}\n'
            "exit $code\n"
        )
        mine = setting.folder / f"{example}.toml"
        manifest["adapter"] = f"command:bash {timed}"
        mine.write_text(tomlkit.dumps(manifest))
        sample, _ = run([*_SUITE, "verify", str(mine), *arguments], setting.folder)
        return replace(sample, total=_sum(times) / (os.cpu_count() or 1))

    return measured


def _sum(times: Path) -> float:
    ends = (line.split(" - ") for line in times.read_text().splitlines())
    return sum(float(end) - float(start) for end, start in ends)
