"""The named paths: the routes through the diagrams that requirements follow.

`diagrams/paths.toml` defines them, and requirements name them in their tags.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..toml import TOMLDecodeError, loads
from .diagrams import Diagram, DiagramError, all_diagrams
from .diagrams import Path as Route

_FILE = "paths.toml"


@dataclass(frozen=True)
class NamedPath:
    """A route through a diagram that has a name.

    Attributes:
        diagram: The name of the diagram.
        name: The name of the path, unique in its diagram.
        description: What happens on the route, in a sentence.
        route: The nodes that it passes.
    """

    diagram: str
    name: str
    description: str
    route: Route


@cache
def all_paths() -> Mapping[str, Mapping[str, NamedPath]]:
    """The named paths of each diagram, by the names of diagram and path.

    Raises:
        DiagramError: `diagrams/paths.toml` cannot be used.
    """
    file = resources.files("s3_reporter_conformance.specification") / _FILE
    return read_paths(file.read_text(encoding="utf-8"), all_diagrams())


def find_path(diagram: str, name: str) -> NamedPath:
    """Look up a path by its name.

    Raises:
        DiagramError: There is no such path.
    """
    paths = all_paths()
    if diagram not in paths:
        raise DiagramError(f"there is no diagram {diagram}: there are {', '.join(paths)}")
    if name not in paths[diagram]:
        known = ", ".join(paths[diagram])
        raise DiagramError(
            f"diagrams/{_FILE} defines no path {name!r} through {diagram}: there are {known}"
        )
    return paths[diagram][name]


def read_paths(text: str, diagrams: Mapping[str, Diagram]) -> Mapping[str, Mapping[str, NamedPath]]:
    """Read the definitions of paths.

    Args:
        text: The definitions in TOML.
        diagrams: The diagrams that the paths lead through, by name.

    Returns:
        The paths of every diagram, by the names of diagram and path.

    Raises:
        DiagramError: The text is not valid TOML, a definition is incomplete or fits no route, or
            a route has two names.
    """
    try:
        document = loads(text)
    except TOMLDecodeError as error:
        raise DiagramError(f"{_FILE} is not valid TOML: {error}") from error
    if unknown := document.keys() - diagrams.keys():
        raise DiagramError(f"{_FILE}: there is no diagram {', '.join(sorted(unknown))}")
    paths = {
        diagram.name: {path.name: path for path in _of_diagram(diagram, document)}
        for diagram in diagrams.values()
    }
    for named in paths.values():
        _refuse_second_names(named)
    return paths


def _of_diagram(diagram: Diagram, document: Mapping[str, Any]) -> Iterator[NamedPath]:
    definitions = document.get(diagram.name, {})
    if not isinstance(definitions, dict):
        raise DiagramError(f"{_FILE}: {diagram.name} needs paths, such as [{diagram.name}.name]")
    for name, definition in definitions.items():
        where = f"{_FILE}: {diagram.name}.{name}"
        match definition:
            case {"description": str(description), "decisions": list(decisions), **rest} if (
                description and not rest
            ):
                yield NamedPath(
                    diagram.name, name, description, _route(where, diagram, map(str, decisions))
                )
            case _:
                raise DiagramError(f"{where} needs a description and decisions, and nothing else")


def _route(where: str, diagram: Diagram, decisions: Iterator[str]) -> Route:
    try:
        return diagram.route(tuple(decisions))
    except DiagramError as error:
        raise DiagramError(f"{where} is not a route: {error}") from error


def _refuse_second_names(named: Mapping[str, NamedPath]) -> None:
    first: dict[Route, NamedPath] = {}
    for path in named.values():
        other = first.setdefault(path.route, path)
        if other is not path:
            names = f"{path.diagram}.{path.name} and {path.diagram}.{other.name}"
            raise DiagramError(f"{_FILE}: {names} are two names for one route")
