"""The rooms of `docs/architecture.md`, drawn from the contracts, the imports and the docstrings.

`python tests/rooms.py` prints the section; with `--write` it updates the page.
"""

import ast
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import grimp
import tomlkit

ROOT = Path(__file__).parents[1]
PACKAGE = "s3_reporter_conformance"
PAGE = ROOT / "docs" / "architecture.md"
SECTION = re.compile(r"(?<=<!-- rooms -->\n).*(?=<!-- /rooms -->)", re.DOTALL)


def settings() -> dict[str, Any]:
    """The tables under `tool` in pyproject.toml."""
    tools: dict[str, Any] = tomlkit.parse((ROOT / "pyproject.toml").read_text()).unwrap()["tool"]
    return tools


def assemble(folder: Path) -> None:
    """Copy the package to a folder, with all rooms in it, as an installation has them.

    An editable installation will not do: grimp does not see the folders mapped into the package.
    """
    unwanted = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(ROOT / PACKAGE, folder / PACKAGE, ignore=unwanted)
    for name, source in settings()["setuptools"]["package-dir"].items():
        shutil.copytree(ROOT / source, folder.joinpath(*name.split(".")), ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", folder)


def section(folder: Path) -> str:
    """The picture and the table, in Markdown, of the package assembled in a folder."""
    contracts = settings()["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["type"] == "layers")
    # Neither the two ways in, which are modules, nor the folders of the last layer, without code.
    found = [room for layer in layers[:-1] for room in layer.split(" | ")]
    rooms = [room for room in found if (folder / PACKAGE / room).is_dir()]
    drawn = "".join(f"    {above} --> {below}\n" for above, below in _arrows(folder, rooms))
    rows = "".join(f"| `{room}` | {_first_line(folder, room)} |\n" for room in rooms)
    return f"```mermaid\nflowchart TB\n{drawn}```\n\n| room | what is in it |\n|---|---|\n{rows}"


def _arrows(folder: Path, rooms: list[str]) -> list[tuple[str, str]]:
    """The imports of each room, without the arrows that a longer way implies."""
    sys.path.insert(0, str(folder))
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    names = {f"{PACKAGE}.{room}": room for room in rooms}
    for name in names:
        graph.squash_module(name)
    imports = {
        room: {
            names[each]
            for each in graph.find_modules_directly_imported_by(name) & names.keys() - {name}
        }
        for name, room in names.items()
    }

    def reached(room: str) -> set[str]:
        return imports[room].union(*map(reached, imports[room]))

    return [
        (room, below)
        for room in rooms
        for below in rooms
        if below in imports[room] and not any(below in reached(via) for via in imports[room])
    ]


def _first_line(folder: Path, room: str) -> str:
    path = folder / PACKAGE / room
    module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return (ast.get_docstring(ast.parse(module.read_text())) or "").partition("\n")[0]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        assemble(Path(name))
        drawn = section(Path(name))
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(SECTION.sub(lambda _: drawn, PAGE.read_text()))
    else:
        print(drawn, end="")
