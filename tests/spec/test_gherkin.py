"""The strict reader of the feature files: nothing in them is skipped in silence."""

import textwrap
from pathlib import Path

import pytest

from s3_reporter_conformance.spec.features import FeatureError
from s3_reporter_conformance.spec.gherkin import (
    all_rules,
    all_scenarios,
    read_feature,
    rule_called,
    scenario_called,
)
from s3_reporter_conformance.spec.rules import Judgment, Level
from s3_reporter_conformance.words.errors import UsageError

GOOD = """
Feature: Object naming

  Background:
    Given a configured reporter

  Scenario Outline: Pair
    Given the option file_format is "<format>"
    When ASH Core runs the reporter

    Examples:
      | format |
      | json   |
      | yaml   |

  @KEY-91 @core @node:key @interpretation:7
  Rule: One
    The key is one.
    Often wrong: everything.

    @every-run
    Scenario: An upload
      When an upload is sent
      And a prefix is configured
      Then the key begins with the prefix

    @every-run @node:prefix
    Scenario: Another upload
      When an upload is sent
      Then the key ends with ".json"

    Scenario: First
      Given the option key_prefix is "scans"
      When ASH Core runs the reporter

  @KEY-92 @recommended @node:timestamp
  Rule: Two
    Recommended because it is better.
    Often wrong: nothing.

    @every-run
    Scenario: An upload
      When an upload is sent
      Then no upload is sent

    @unusual
    Scenario Outline: A prefix called <prefix>
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then S3 sees 1 attempt

      Examples:
        | prefix |
        | a      |
        | b      |
"""
JUDGMENT = """
    @every-run
    Scenario: An upload
      When an upload is sent
      Then no upload is sent
"""
FIRST = """
    Scenario: First
      Given the option key_prefix is "scans"
      When ASH Core runs the reporter
"""


def read(folder: Path, text: str, name: str = "object_naming.feature") -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    read_feature(path)


def test_a_rule_has_everything_that_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "object_naming.feature"
    path.write_text(GOOD)
    one, two = read_feature(path).rules
    assert (one.id, one.name, one.level, one.feature) == ("KEY-91", "One", Level.CORE, None)
    assert (one.diagram, one.node, one.interpretations) == ("object_naming", "key", (7,))
    assert (one.text, one.reason, one.mistakes) == ("The key is one.", "", "everything.")
    assert (one.file, one.line) == ("features/object_naming.feature", 17)
    assert [two.level, two.reason, two.mistakes] == [
        Level.RECOMMENDED,
        "it is better.",
        "nothing.",
    ]
    first, second = one.judgments
    assert first == Judgment(
        "An upload",
        ("an upload is sent", "a prefix is configured"),
        ("the key begins with the prefix",),
        "object_naming",
        "key",
    )
    assert second.node == "prefix"


def test_a_rule_is_shown_as_it_stands_without_its_runs(tmp_path: Path) -> None:
    path = tmp_path / "object_naming.feature"
    path.write_text(GOOD)
    lines = GOOD.splitlines()
    whole = "\n".join(lines[15 : lines.index("    Scenario: First") - 1])
    assert read_feature(path).rules[0].gherkin == textwrap.dedent(whole)


def test_each_row_describes_a_run(tmp_path: Path) -> None:
    path = tmp_path / "object_naming.feature"
    path.write_text(GOOD)
    assert [
        (each.id, each.name, each.rule, each.is_unusual, dict(each.values))
        for each in read_feature(path).scenarios
    ] == [
        ("pair-1", "Pair 1", None, False, {"format": "json"}),
        ("pair-2", "Pair 2", None, False, {"format": "yaml"}),
        ("first", "First", "KEY-91", False, {}),
        ("a-prefix-called-a", "A prefix called a", "KEY-92", True, {"prefix": "a"}),
        ("a-prefix-called-b", "A prefix called b", "KEY-92", True, {"prefix": "b"}),
    ]


def test_a_run_shows_only_its_row(tmp_path: Path) -> None:
    path = tmp_path / "object_naming.feature"
    path.write_text(GOOD)
    *_, second = read_feature(path).scenarios
    assert GOOD.splitlines()[second.line - 1] == "        | b      |"
    assert second.gherkin.splitlines()[0] == "@unusual"
    assert second.gherkin.splitlines()[-2:] == ["    | prefix |", "    | b      |"]


EXTENDED = GOOD.replace("@core @node:key", "@extended").replace("@KEY-91", "@EXT-NAME-91")
EXTENDED = EXTENDED.replace(" @node:prefix", "")
EXTENDED = EXTENDED[: EXTENDED.index("  @KEY-92")]

WRONG = {
    "a rule that judges nothing": (
        GOOD[: GOOD.index("    @every-run")] + FIRST,
        "no scenario with @every-run: it would judge nothing",
    ),
    "a rule without an id": (GOOD.replace("@KEY-91 ", ""), "one tag with its id"),
    "a rule with half an id": (GOOD.replace("@KEY-91", "@KEY-9"), "that nobody reads: KEY-9"),
    "a rule with a misspelled tag": (
        GOOD.replace("@interpretation", "@interpetation"),
        "tags that nobody reads: interpetation",
    ),
    "a judgment with a misspelled tag": (
        GOOD.replace("@every-run", "@every-run @nod:key"),
        "tags that nobody reads: nod:key",
    ),
    "a rule with two ids": (GOOD.replace("@KEY-91", "@KEY-91 @KEY-93"), "is needed; there are 2"),
    "a rule without a level": (GOOD.replace("@core ", ""), "one tag with its level"),
    "a rule without a node": (GOOD.replace(" @node:key", ""), "@node:… is needed"),
    "a node that the diagram does not have": (
        GOOD.replace("@node:key", "@node:nosuch"),
        "there is no node nosuch in the diagram object_naming",
    ),
    "a diagram that there is not": (
        GOOD.replace("@node:key", "@node:naming/key"),
        "there is no node key in the diagram naming",
    ),
    "a recommendation without a reason": (
        GOOD.replace("Recommended because", "Because"),
        "'Recommended because' belongs to @recommended",
    ),
    "a reason for a core rule": (
        GOOD.replace("@KEY-92 @recommended", "@KEY-92 @core"),
        "'Recommended because' belongs to @recommended",
    ),
    "an extended rule outside of extended": (EXTENDED, "@extended belongs to the files"),
    "a rule that names no mistake": (
        GOOD.replace("Often wrong: everything", "Right"),
        "does not say what is often wrong",
    ),
    "a judgment outside of a rule": (
        GOOD.replace("\n  @KEY-91", f"{JUDGMENT}\n  @KEY-91"),
        "@every-run outside of a Rule: An upload",
    ),
    "a judgment with a Given": (
        GOOD.replace("      And a prefix is", "      Given a bucket\n      And a prefix is"),
        "a judgment has only When and Then",
    ),
    "a judgment without a Then": (
        GOOD.replace('      Then the key ends with ".json"\n', ""),
        "a judgment needs When and Then",
    ),
    "a judgment without a When": (
        GOOD.replace("      When an upload is sent\n      And a prefix is configured\n", ""),
        "a judgment needs When and Then",
    ),
    "a judgment with a table": (
        GOOD.replace("Scenario: Another upload", "Scenario Outline: Another upload").replace(
            '".json"\n', '".<a>"\n\n      Examples:\n        | a |\n        | b |\n', 1
        ),
        "a judgment has no examples",
    ),
    "a run that calls nothing": (
        GOOD.replace(FIRST, FIRST.replace("      When ASH Core runs the reporter\n", "")),
        "no When: it would run nothing",
    ),
    "a particular of no rule": (
        GOOD.replace(
            "    When ASH Core runs the reporter\n\n    Examples",
            "    When ASH Core runs the reporter\n    Then S3 sees 1 attempt\n\n    Examples",
        ),
        "a Then outside of a Rule counts for no rule",
    ),
    "a tag that nobody reads": (
        GOOD.replace("@unusual", "@unusual @slow"),
        "tags that nobody reads: slow",
    ),
    "a tag above a table": (
        GOOD.replace("      Examples:", "      @unusual\n      Examples:", 1),
        "tags above Examples are not read",
    ),
    "two runs with one name": (
        GOOD.replace("Outline: Pair", "Outline: First"),
        "names used twice: First",
    ),
    "a run and a judgment with one name": (
        GOOD.replace("Scenario: First", "Scenario: An upload"),
        "names used twice: An upload",
    ),
    "an unknown placeholder": (
        GOOD.replace('key_prefix is "<prefix>"', 'key_prefix is "<frefix>"'),
        "placeholders and columns do not match: <frefix>",
    ),
    "a column that nothing uses": (
        GOOD.replace("<prefix>", "x"),
        "placeholders and columns do not match: <prefix>",
    ),
    "a placeholder without a table": (
        GOOD.replace('"scans"', '"<scans>"'),
        "placeholders and columns do not match: <scans>",
    ),
    "a table without rows": (
        GOOD.replace("        | a      |\n        | b      |\n", ""),
        "a table of examples is empty",
    ),
    "an outline without a table": (
        GOOD[: GOOD.rindex("\n      Examples:")].replace("<prefix>", "a"),
        "a table of examples is empty",
    ),
    "a line between a table's title and its rows": (
        GOOD.replace("      Examples:\n", "      Examples:\n        Given a bucket\n", 1),
        "looks like Gherkin, but is read as a description: Given a bucket",
    ),
    "a misspelled keyword": (
        GOOD.replace("    @every-run\n    Scenario: An", "    Scenari: An", 1),
        "looks like Gherkin, but is read as a description",
    ),
    "a misspelled keyword after tags": (
        GOOD.replace("    Scenario: An upload", "    Szenario: An upload"),
        "Parser errors",
    ),
    "two features": (GOOD + "\nFeature: Two\n", "Parser errors"),
    "no scenario": ("Feature: One\n", "no scenarios"),
    "an empty file": ("", "no Feature"),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_feature_file_is_refused(tmp_path: Path, text: str, words: str) -> None:
    assert text != GOOD
    with pytest.raises(FeatureError) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)
    assert "object_naming.feature" in str(caught.value)


def test_a_core_rule_has_no_place_among_the_extended(tmp_path: Path) -> None:
    read(tmp_path, EXTENDED, "extended/local_name.feature")
    with pytest.raises(FeatureError, match="@extended belongs to the files in extended/"):
        read(tmp_path, GOOD, "extended/retry_options.feature")


@pytest.mark.parametrize(
    ("read_all", "words"),
    [
        (all_rules, "ids used twice: KEY-91, KEY-92"),
        (all_scenarios, "names of runs used twice: a-prefix-called-a, "),
    ],
)
def test_a_second_file_may_not_reuse_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_all: object, words: str
) -> None:
    paths = [tmp_path / "object_naming.feature", tmp_path / "more" / "object_naming.feature"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD)
    monkeypatch.setattr("s3_reporter_conformance.spec.gherkin.feature_files", lambda: paths)
    with pytest.raises(FeatureError, match=words):
        read_all.__wrapped__()  # type: ignore[attr-defined]


def test_rules_and_runs_are_found_in_any_case() -> None:
    assert rule_called("key-03").id == "KEY-03"
    assert scenario_called("A-JSON-Report").id == "a-json-report"
    assert scenario_called("seq-01").rule == "SEQ-01"
    with pytest.raises(UsageError, match="there is no rule KEY-99: did you mean KEY-0"):
        rule_called("KEY-99")
    with pytest.raises(UsageError, match="there is no run a-jsn-report: did you mean a-json-rep"):
        scenario_called("a-jsn-report")
