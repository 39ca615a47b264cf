"""Changes the reference and the verdict in small ways, one by one, and sees whether a test notices.

Cosmic Ray makes the changes, in a copy of the checkout.  What nobody notices has to be explained in
`mutation_survivors.toml`; it ends with 1 if something is not, or if an explanation has become idle.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import tomlkit

HERE = Path(__file__).parent
_SECONDS = 600.0
_PYTEST = f"{sys.executable} -m pytest -x -q -p no:cacheprovider"


@dataclass(frozen=True)
class Target:
    """Code to change.

    Attributes:
        name: What to call it.
        modules: The files and folders.
        tests: Shell commands, quick ones first; the first that fails notices.
    """

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = (
    Target(
        "reference",
        ("reference",),
        (f"{_PYTEST} tests/reference/test_reference.py", f"{_PYTEST} features"),
    ),
    Target(
        "verdict",
        (
            "s3_reporter_conformance/verdict/verdict.py",
            "s3_reporter_conformance/verdict/known_deviations.py",
            "s3_reporter_conformance/runner/session.py",
        ),
        (
            f"{_PYTEST} tests/verdict/test_verdict.py tests/verdict/test_known_deviations.py",
            f"{_PYTEST} tests/runner tests/cli -k 'told or known or settings or plain_pytest'",
        ),
    ),
)


@dataclass(frozen=True)
class Change:
    """One small change and what became of it.

    Attributes:
        module: The file.
        before: The line before it; of several, the first.
        after: The line after it, or nothing where it is taken away.
        noticed: Whether a test failed.
    """

    module: str
    before: str
    after: str
    noticed: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """What an explanation names it by."""
        return self.module, self.before, self.after


def changes(target: Target, folder: Path) -> Iterator[Change]:
    """Make every change of a target in a copy of the checkout and run the tests."""
    settings = {
        "cosmic-ray": {
            "module-path": list(target.modules),
            "timeout": _SECONDS,
            "excluded-modules": [],
            "test-command": f"sh -c {json.dumps(' && '.join(target.tests))}",
            "distributor": {"name": "local"},
            # Unions of types, which nothing evaluates.
            "filters": {
                "operators-filter": {"exclude-operators": ["core/ReplaceBinaryOperator_BitOr_.*"]}
            },
        }
    }
    (folder / "settings.toml").write_text(tomlkit.dumps(settings))
    for command in (
        ("cosmic-ray", "init", "settings.toml", f"{target.name}.sqlite"),
        ("cr-filter-operators", f"{target.name}.sqlite", "settings.toml"),
        ("cosmic-ray", "baseline", "settings.toml"),
        ("cosmic-ray", "exec", "settings.toml", f"{target.name}.sqlite"),
    ):
        subprocess.run(command, cwd=folder, check=True)
    dump = ("cosmic-ray", "dump", f"{target.name}.sqlite")
    dumped = subprocess.run(dump, cwd=folder, check=True, capture_output=True, text=True)
    for line in dumped.stdout.splitlines():
        work, result = json.loads(line)
        if result and result["worker_outcome"] != "skipped":
            yield _change(work, result)


def _change(work: dict[str, Any], result: dict[str, Any]) -> Change:
    lines = result["diff"].splitlines()

    def first(sign: str) -> str:
        found = (x[1:].strip() for x in lines if x.startswith(sign) and not x.startswith(sign * 3))
        return next(found, "")

    noticed = result["test_outcome"] != "survived"
    return Change(work["mutations"][0]["module_path"], first("-"), first("+"), noticed)


def _explained() -> dict[tuple[str, str, str], str]:
    text = (HERE / "mutation_survivors.toml").read_text()
    entries = tomlkit.parse(text).unwrap()["survivor"]
    return {(e["module"], e["before"], e["after"]): e["reason"] for e in entries}


@click.command(help=__doc__)
@click.argument("names", nargs=-1, type=click.Choice([target.name for target in TARGETS]))
def main(names: tuple[str, ...]) -> None:
    """Print what nobody noticed, and how much was."""
    made: list[Change] = []
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "checkout")
        shutil.copytree(HERE.parent, copy, ignore=shutil.ignore_patterns(".*", "*.egg-info"))
        install = (
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--editable",
            ".",
        )
        subprocess.run(install, cwd=copy, check=True)
        for target in TARGETS:
            if not names or target.name in names:
                made += changes(target, copy)
    explained = _explained()
    survivors = {change.key for change in made if not change.noticed}
    modules = {change.module for change in made}
    unexplained = sorted(survivors - explained.keys())
    idle = sorted(key for key in explained.keys() - survivors if key[0] in modules)
    for words, keys in (("nobody noticed", unexplained), ("explained, but noticed", idle)):
        for module, before, after in keys:
            click.echo(f"{words}: {module}\n  - {before}\n  + {after}")
    noticed = sum(change.noticed for change in made)
    click.echo(
        f"{len(made)} changes: {noticed} noticed, {len(made) - noticed} not, "
        f"{len(unexplained)} of them without an explanation"
    )
    sys.exit(bool(unexplained or idle))


if __name__ == "__main__":
    main()
