"""The diagrams as data: graphs, routes and prime paths."""

import pytest

from s3_reporter_conformance.reporting.html.drawing import read_drawing
from s3_reporter_conformance.spec.diagrams import all_diagrams, is_part, parse

LOOP = """flowchart TD
    begin[Start] --> ask{Again?}
    ask -->|Yes| work[Work]
    work --> ask
    ask -->|No, thanks| done[End]
"""


def test_the_nodes_edges_and_prime_paths_of_a_loop() -> None:
    diagram = parse("loop", LOOP)
    assert diagram.nodes == {"begin": "Start", "ask": "Again?", "work": "Work", "done": "End"}
    first, *_, last = map(diagram.told, diagram.edges)
    assert (first, last) == ("Start -> Again?", "Again? (No, thanks) -> End")
    into, around = ("begin", "ask"), ("ask", "work", "ask")
    out = ("work", "ask", "done")
    expected = {(*into, "work"), (*into, "done"), around, ("work", "ask", "work"), out}
    assert set(diagram.prime_paths()) == expected


def test_a_sequence_diagram_parts_and_joins() -> None:
    diagram = parse(
        "report_sequence",
        """sequenceDiagram
    participant a as Core
    participant b as Reporter
    a->>b: begin
    alt JSON
        b->>b: to JSON
    else YAML
        b->>b: to YAML
    end
    b-->>a: done
""",
    )
    assert diagram.nodes["begin"] == "Core to Reporter: begin"
    assert diagram.route("json") == ("begin", "to_json", "done")
    assert diagram.route("yaml") == ("begin", "to_yaml", "done")
    assert len(diagram.edges) == 4


def test_a_route_takes_a_loop_as_often_as_told() -> None:
    diagram = parse("loop", LOOP.replace("No, thanks", "No"))
    route = diagram.route("yes", "yes", "no")
    assert route == ("begin", "ask", "work", "ask", "work", "ask", "done")
    # As far as decisions lead.
    assert diagram.route("yes") == route[:4]
    assert is_part(("work", "ask", "work"), route)
    assert not is_part(("begin", "work"), route)


@pytest.mark.parametrize("name", sorted(all_diagrams()))
def test_the_drawing_of_a_diagram_is_of_that_diagram(name: str) -> None:
    diagram = all_diagrams()[name]
    found = list(read_drawing(name).iter())
    texts = {id(each): " ".join("".join(each.itertext()).split()) for each in found}
    is_sequence = name == "report_sequence"
    # A long word is broken where it does not fit.
    drawn = {
        node: texts[id(each)].replace(" ", "") for each in found if (node := each.get("data-node"))
    }
    told = {
        node: text.partition(": ")[2] if is_sequence else text
        for node, text in diagram.nodes.items()
    }
    assert drawn == {node: text.replace(" ", "") for node, text in told.items()}
    arrows = {f"L_{edge.source}_{edge.target}_0" for edge in diagram.edges if not is_sequence}
    assert {each.get("data-edge") for each in found} - {None} == arrows
