"""The named paths: each is one route, and has one name."""

import pytest

from s3_reporter_conformance.spec.diagrams import DiagramError, all_diagrams, parse
from s3_reporter_conformance.spec.paths import all_paths, find_path, read_paths

LOOP = parse(
    "loop",
    """flowchart TD
    begin[Start] --> ask{Again?}
    ask -->|Yes| work[Work]
    work --> ask
    ask -->|No| done[End]
""",
)

GOOD = """
[loop.once]
description = "Work once."
decisions = ["ask=yes", "ask=no"]

[loop.never]
description = "Do not work."
decisions = ["ask=no"]
"""


def test_a_path_has_a_name_a_description_and_a_route() -> None:
    paths = read_paths(GOOD, {"loop": LOOP})["loop"]
    assert list(paths) == ["once", "never"]
    assert paths["once"].description == "Work once."
    assert paths["once"].route == ("begin", "ask", "work", "ask", "done")
    assert paths["never"].route == ("begin", "ask", "done")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "[loop", "paths.toml is not valid TOML"),
        (GOOD.replace("loop.once", "other.once"), "paths.toml: there is no diagram other"),
        (GOOD.replace('"ask=yes", ', ""), "loop.never and loop.once are two names for one route"),
        (GOOD.replace("yes", "maybe"), "loop.once is not a route: loop: ask=maybe, where there is"),
        (GOOD.replace('"ask=yes", "ask=no"', ""), "loop.once is not a route: loop: nothing, where"),
        (GOOD.replace('description = "Work once."', ""), "loop.once needs a description and"),
        (GOOD.replace("Work once.", ""), "loop.once needs a description and decisions"),
        (GOOD.replace("decisions", "decision", 1), "loop.once needs a description and decisions"),
        (GOOD + "reason = 1", "loop.never needs a description and decisions, and nothing else"),
        ("loop = 1", "paths.toml: loop needs paths"),
        ("[loop]\nonce = 1", "loop.once needs a description and decisions"),
    ],
)
def test_a_wrong_definition_is_refused(text: str, words: str) -> None:
    with pytest.raises(DiagramError) as caught:
        read_paths(text, {"loop": LOOP})
    assert words in str(caught.value)


def test_every_diagram_has_named_paths() -> None:
    assert list(all_paths()) == list(all_diagrams())
    assert all(all_paths().values())


def test_a_path_is_found_by_its_name() -> None:
    path = find_path("error_handling", "retries-exhausted")
    assert path.route.count("retry") == 3
    assert path.route[-3:] == ("error_status", "error_message", "done")


@pytest.mark.parametrize(
    ("diagram", "name", "words"),
    [
        ("naming", "json", "there is no diagram naming: there are architecture, configuration"),
        (
            "object_naming",
            "xml",
            "defines no path 'xml' through object_naming: there are json, yaml",
        ),
        ("object_naming", "", "defines no path '' through object_naming"),
    ],
)
def test_an_unknown_path_is_refused(diagram: str, name: str, words: str) -> None:
    with pytest.raises(DiagramError) as caught:
        find_path(diagram, name)
    assert words in str(caught.value)
