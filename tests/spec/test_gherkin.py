"""The strict reader of the feature files: nothing in them is skipped in silence."""

import textwrap
from pathlib import Path

import pytest

from s3_reporter_conformance.spec.feature_files import FeatureError
from s3_reporter_conformance.spec.feature_reader import Contents
from s3_reporter_conformance.spec.gherkin import read_feature, rule_called, scenario_called
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
EXTENDED = GOOD[: GOOD.index("  @KEY-92")].replace(
    "@KEY-91 @core @node:key", "@EXT-NAME-91 @extended"
)


def read(folder: Path, text: str, name: str = "object_naming.feature") -> Contents:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return read_feature(path)


def test_a_rule_has_everything_that_is_said_of_it(tmp_path: Path) -> None:
    one, two = read(tmp_path, GOOD).rules
    assert (one.id, one.name, one.level, one.feature) == ("KEY-91", "One", Level.CORE, None)
    assert (one.diagram, one.node, one.interpretations) == ("object_naming", "key", (7,))
    assert (one.text, one.reason, one.mistakes) == ("The key is one.", "", "everything.")
    assert (one.file, one.line) == (str(tmp_path / "object_naming.feature"), 17)
    assert (two.level, two.reason) == (Level.RECOMMENDED, "it is better.")
    first, second = one.judgments
    when = ("an upload is sent", "a prefix is configured")
    then = ("the key begins with the prefix",)
    assert first == Judgment("An upload", when, then, "object_naming", "key")
    assert second.node == "prefix"
    lines = GOOD.splitlines()
    whole = "\n".join(lines[15 : lines.index("    Scenario: First") - 1])
    assert one.gherkin == textwrap.dedent(whole)


def test_each_row_describes_a_run(tmp_path: Path) -> None:
    scenarios = read(tmp_path, GOOD).scenarios
    assert [
        (each.id, each.name, each.rule, each.is_unusual, dict(each.values)) for each in scenarios
    ] == [
        ("pair-1", "Pair 1", None, False, {"format": "json"}),
        ("pair-2", "Pair 2", None, False, {"format": "yaml"}),
        ("first", "First", "KEY-91", False, {}),
        ("a-prefix-called-a", "A prefix called a", "KEY-92", True, {"prefix": "a"}),
        ("a-prefix-called-b", "A prefix called b", "KEY-92", True, {"prefix": "b"}),
    ]
    last = scenarios[-1]
    assert GOOD.splitlines()[last.line - 1] == "        | b      |"
    first, *_, head, row = last.gherkin.splitlines()
    assert (first, head, row) == ("@unusual", "    | prefix |", "    | b      |")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("@KEY-91 ", "", "one tag with its id"),
        ("@KEY-91", "@KEY-9", "that nobody reads: KEY-9"),
        ("@interpretation", "@interpetation", "tags that nobody reads: interpetation"),
        ("@every-run", "@every-run @nod:key", "tags that nobody reads: nod:key"),
        ("@core ", "", "one tag with its level"),
        ("@core @node:key", "@extended", "@extended belongs to the files"),
        (" @node:key", "", "@node:… is needed"),
        ("@node:key", "@node:nosuch", "there is no node nosuch in the diagram object_naming"),
        ("Recommended because", "Because", "'Recommended because' belongs to @recommended"),
        ("Often wrong: everything", "Right", "does not say what is often wrong"),
        ("@every-run", "@unusual", "no @every-run: it would judge nothing"),
        ("\n  @KEY-91", "\n    @every-run\n    Scenario: A\n  @KEY-91", "outside of a Rule"),
        ("      And a prefix", "      Given a bucket\n      And a prefix", "has When and Then"),
        ("    When ASH Core runs the reporter\n\n  @KEY-92", "\n  @KEY-92", "no When"),
        ("reporter\n\n    Examples", "reporter\n    Then x\n    Examples", "a Then outside of a"),
        ("Outline: Pair", "Outline: First", "names used twice: First"),
        ("Scenario: First", "Scenario: An upload", "names used twice: An upload"),
        ('prefix is "<prefix>"', 'prefix is "<frefix>"', "columns do not match: frefix"),
        ("| a      |\n        | b      |\n", "", "a table of examples is empty"),
        ("    Scenario: An upload", "    Szenario: An upload", "Parser errors"),
        (GOOD, GOOD + "\nFeature: Two\n", "Parser errors"),
        (GOOD, "Feature: One\n", "no scenarios"),
        (GOOD, "", "no Feature"),
    ],
)
def test_a_wrong_feature_file_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(FeatureError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert words in str(caught.value)
    assert "object_naming.feature" in str(caught.value)


def test_a_core_rule_has_no_place_among_the_extended(tmp_path: Path) -> None:
    extended = EXTENDED.replace(" @node:prefix", "")
    assert read(tmp_path, extended, "extended/local_name.feature").rules
    with pytest.raises(FeatureError, match="@extended belongs to the files in extended/"):
        read(tmp_path, GOOD, "extended/retry_options.feature")


def test_rules_and_runs_are_found_in_any_case() -> None:
    assert rule_called("key-03").id == "KEY-03"
    assert scenario_called("A-JSON-Report").id == "a-json-report"
    assert scenario_called("seq-01").rule == "SEQ-01"
    with pytest.raises(UsageError, match="there is no rule KEY-99: did you mean KEY-0"):
        rule_called("KEY-99")
