"""What breaks a rule is shrunk to the simplest situation, and told once."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from math import inf
from pathlib import Path
from typing import Any

from results import a_run

from s3_reporter_conformance.exploring.searching import CHUNK, Drawn, Found, Narrowed, Search
from s3_reporter_conformance.exploring.situation import CONFIGURED, Situation
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status

YAML = 'the option file_format is "yaml"'
AUDIT = 'the option aws_profile is "audit"'
DEBUG = "ASH Core logs at debug level"
CHUNKS = 10
DRAWING = """
from pathlib import Path
from results import a_run
from s3_reporter_conformance.exploring.searching import Search
given = {"features": (), "claim": bool, "deadline": float("inf"), "told": set()}
search = Search(seed="1", run=lambda _: a_run(), **given)
search.prepare(Path.cwd())
search.explore(0, 20, print)
"""

Breaks = Callable[[Situation], Iterable[str]]


def explored(
    breaks: Breaks, *, told: Iterable[str] = (), deadline: float = inf, seed: str = "a seed"
) -> list[Drawn | Found]:
    """Explore a reporter that breaks these rules in a situation."""
    heard: list[Any] = []
    search = a_search(lambda situation: result(situation, breaks), told, deadline, seed)
    for number in range(CHUNKS):
        search.explore(number, CHUNK, heard.append)
    return heard


def a_search(
    run: Callable[[Situation], RunResult],
    told: Iterable[str] = (),
    deadline: float = inf,
    seed: str = "",
) -> Search:
    """A search by one process."""
    return Search(
        seed=seed,
        features=(),
        run=run,
        claim=lambda _: True,
        deadline=deadline,
        told={*told},
    )


def found(breaks: Breaks, *, told: Iterable[str] = ()) -> list[Found]:
    """What is found of such a reporter."""
    return [each for each in explored(breaks, told=told) if isinstance(each, Found)]


def result(situation: Situation, breaks: Breaks) -> RunResult:
    """The run of a situation, whose facts are its sentences."""
    broken = [*breaks(situation)]
    kept = {"KEY-03", "KEY-04"} - {*broken}
    return a_run(breaks=broken, keeps=kept, facts=dict.fromkeys(situation.given, "given"))


def yaml_at_debug_level(situation: Situation) -> Iterable[str]:
    """A fault that two facts together cause, and another that is always there."""
    yield "KEY-03"
    if {YAML, DEBUG} <= {*situation.given}:
        yield "KEY-04"


def test_each_rule_is_told_once_with_the_simplest_situation() -> None:
    one, other = found(yaml_at_debug_level)
    assert (one.rule, one.situation, one.differs) == ("KEY-03", Situation(), ())
    assert (other.rule, other.situation.is_unusual) == ("KEY-04", False)
    assert other.situation.given == (CONFIGURED, YAML, DEBUG)
    assert other.differs == (f"{YAML} given", f"{DEBUG} given")


def test_what_is_known_is_not_told_again() -> None:
    assert found(yaml_at_debug_level, told=["KEY-03", "KEY-04"]) == []


def test_what_differs_from_run_to_run_is_no_finding() -> None:
    runs = count()
    told = found(
        lambda situation: ["KEY-03"] if YAML in situation.given and next(runs) == 0 else []
    )
    assert [(each.rule, each.is_steady) for each in told] == [("KEY-03", False)]


def test_a_run_without_a_verdict_is_told() -> None:
    broken = a_search(lambda _: a_run(status=Status.ADAPTER_ERROR, problem="it crashed"))
    heard: list[Any] = []
    broken.explore(0, CHUNK, heard.append)
    assert [each.result.problem for each in heard if isinstance(each, Found)] == ["it crashed"]


def test_a_seed_determines_what_is_drawn() -> None:
    drawn, again, others = (explored(lambda _: (), seed=seed) for seed in ("1", "1", "2"))
    assert drawn == again != others
    assert Counter(type(each) for each in drawn) == {Drawn: CHUNKS * CHUNK}


def test_a_seed_draws_the_same_beside_other_modules(tmp_path: Path) -> None:
    (tmp_path / "numbers_of_mine.py").write_text(f"NUMBERS = {[*range(300)]}")
    drawn = {
        subprocess.run(
            [sys.executable, "-c", f"import {module}\n{DRAWING}"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for module in ("numbers_of_mine", "json")
    }
    assert len(drawn) == 1
    assert CONFIGURED in drawn.pop()


def test_nothing_is_drawn_when_time_is_up() -> None:
    assert explored(yaml_at_debug_level, deadline=0) == []


def narrowed(rule: str, *given: str, deadline: float = inf) -> Narrowed | None:
    """The causes for which a run in which something is given breaks a rule."""
    search = a_search(lambda situation: result(situation, yaml_at_debug_level))
    return search.narrow(rule, Situation((CONFIGURED, *given)), deadline)


def test_narrowing_tells_causes_from_coincidences() -> None:
    causes = narrowed("KEY-04", AUDIT, YAML, DEBUG)
    assert causes is not None
    assert str(causes) == (
        f"fails with {YAML} given and {DEBUG} given; not with either alone (5 more calls)"
    )
    several = replace(causes, differs=("one", "two", "three"))
    assert "fails with one and two and three; not without any of them (" in str(several)
    assert [{*run.facts} for run in causes.kept] == [
        {CONFIGURED},
        {CONFIGURED, DEBUG},
        {CONFIGURED, YAML},
    ]


def test_narrowing_names_no_cause_of_what_is_always_broken() -> None:
    assert str(narrowed("KEY-03", YAML)) == "fails even with all defaults (2 more calls)"


def test_narrowing_says_nothing_without_time_or_if_a_second_run_keeps_the_rule() -> None:
    assert narrowed("KEY-04", YAML, DEBUG, deadline=0) is None
    assert narrowed("KEY-04", YAML) is None


def test_sentences_about_the_same_are_set_back_together() -> None:
    profile = 'an AWS profile "audit" with permanent credentials'
    whole = Situation((CONFIGURED, profile, AUDIT, DEBUG), 'ASH Core runs it, and "lambda" reads')
    assert [(each.given[1:], each.when == whole.when) for each in whole.simpler()] == [
        ((profile, AUDIT, DEBUG), False),
        ((DEBUG,), True),
        ((profile, AUDIT), True),
    ]
