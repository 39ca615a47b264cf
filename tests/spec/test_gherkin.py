"""The strict reader of the feature files: nothing in them passes in silence."""

import textwrap
from pathlib import Path

import pytest

from s3_reporter_conformance.spec.features import FeatureError
from s3_reporter_conformance.spec.gherkin import all_requirements, read_requirements

pytest_plugins = ["pytester"]

GOOD = """
Feature: Object naming

  Background:
    Given a configured reporter

  Rule: One
    Often wrong: everything.

    @KEY-91 @core @path:json
    Scenario: First
      Given the option key_prefix is "scans"
      When ASH Core runs the reporter
      Then the object's key begins with "scans/"

    @KEY-92 @core @path:json
    Scenario Outline: Second
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>"

      Examples:
        | prefix |
        | a      |
        | b      |
"""

SUITE = ("-p", "s3_reporter_conformance.pytest_plugin")
THEN = '      Then the object\'s key begins with "scans/"\n'
FIRST = GOOD[GOOD.index("      Given the option") : GOOD.index(THEN)] + THEN

BROKEN = {
    "a name used twice": (GOOD.replace("Second", "First"), "names used twice: First"),
    "an id used twice": (GOOD.replace("KEY-92", "KEY-91"), "ids used twice: KEY-91"),
    "an outline without examples": (
        GOOD.replace("        | a      |\n        | b      |\n", ""),
        "a table of examples is empty",
    ),
    "an outline without a table": (
        GOOD[: GOOD.index("      Examples:")].replace("<prefix>", "a"),
        "a table of examples is empty",
    ),
    "an unknown placeholder": (
        GOOD.replace('"<prefix>"', '"<frefix>"', 1),
        "do not match: <frefix>",
    ),
    "a column that nothing uses": (GOOD.replace("<prefix>", "x"), "do not match: <prefix>"),
    "a placeholder in a name": (
        GOOD.replace("Second", "<prefix>"),
        "rows of KEY-92 differ in name or tags, but it has one of each",
    ),
    "a scenario without steps": (GOOD.replace(FIRST, ""), "no steps"),
    "a scenario that asserts nothing": (GOOD.replace(THEN, ""), "it would assert nothing"),
    "no id": (GOOD.replace("@KEY-91 ", ""), "one tag with its id"),
    "no level": (GOOD.replace("@KEY-91 @core", "@KEY-91"), "one tag with its level"),
    "no path": (GOOD.replace("@core @path:json", "@core", 1), "one tag with its path"),
    "a path that has no such name": (
        GOOD.replace("@path:json", "@path:xml", 1),
        "defines no path 'xml' through object_naming: there are json, yaml",
    ),
    "a path through no diagram": (
        GOOD.replace("@core @path:json", "@extended @feature:no-secrets @path:naming/json", 1),
        "there is no diagram naming: there are architecture,",
    ),
    "a core requirement of a feature": (
        GOOD.replace("@KEY-91 @core", "@KEY-91 @core @feature:no-secrets"),
        "belongs to @extended",
    ),
    "an extended requirement of none": (
        GOOD.replace("@KEY-91 @core", "@KEY-91 @extended"),
        "belongs to @extended",
    ),
    "a rule that does not warn": (GOOD.replace("Often wrong", "Right"), "what is often wrong"),
    "a scenario outside of a rule": (
        GOOD.replace("  Rule: One\n    Often wrong: everything.\n", ""),
        "outside of a Rule",
    ),
    "no Gherkin": (GOOD + "\nFeature: Two\n", "Parser errors"),
    "nothing to do": ("Feature: One\n", "no scenarios"),
    "a misspelt keyword": (
        GOOD.replace("    @KEY-91 @core @path:json\n    Scenario:", "    Scenari:"),
        "looks like Gherkin, but is read as a description",
    ),
    "a misspelt keyword after tags": (GOOD.replace("Scenario: First", "Szenario: First"), "Parser"),
    "an empty file": ("", "no Feature"),
    "a step that nobody defined": (GOOD.replace("runs the", "walks the"), "is not found"),
}

TABLE = """
Feature: Object naming

  Background:
    Given a configured reporter

  Rule: One
    Often wrong: everything.

    @<id> @core @path:<format>
    Scenario Outline: A <format> report under <prefix>
      Given the option key_prefix is "<prefix>"
      And the option file_format is "<format>"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>"

      Examples:
        | id     | format | prefix |
        | KEY-91 | json   | a      |
        | KEY-92 | yaml   | a      |

      Examples:
        | id     | format | prefix |
        | KEY-92 | yaml   | a      |
        | KEY-93 | json   | b      |
"""

BROKEN_TABLES = {
    "a row without an id": (TABLE.replace("KEY-91", ""), "one tag with its id"),
    "a row with half an id": (TABLE.replace("KEY-91", "KEY-9"), "one tag with its id"),
    "an id in the table and above it": (
        TABLE.replace("@<id>", "@<id> @KEY-94"),
        "one tag with its id, such as @KEY-01 is needed; there are 2",
    ),
    "a column for the id that no tag takes": (
        TABLE.replace("@<id>", "@KEY-94"),
        "do not match: <id>",
    ),
    "a tag that no column fills": (TABLE.replace("@core", "@core @<more>"), "do not match: <more>"),
    "a path that has no such name": (
        TABLE.replace("KEY-91 | json", "KEY-91 | xml "),
        "defines no path 'xml' through object_naming",
    ),
    "rows of one id with two names": (
        TABLE.replace("KEY-93", "KEY-92"),
        "rows of KEY-92 differ in name or tags",
    ),
    "rows of one id with two paths": (
        TABLE.replace("A <format> report", "A report")
        .replace("KEY-93 | json   | b", "KEY-92 | json   | a")
        .replace("KEY-91 | json   | a", "KEY-91 | json   | b"),
        "rows of KEY-92 differ in name or tags",
    ),
    "two ids with one name": (
        TABLE.replace("KEY-93 | json   | b", "KEY-93 | json   | a"),
        "names used twice: A json report under a",
    ),
    "two outlines with one name": (
        TABLE + TABLE[TABLE.index("    @<id>") :].replace("KEY-9", "KEY-8").replace("a  ", "c  "),
        "names used twice: A <format> report under <prefix>",
    ),
    "an id above a table": (
        TABLE.replace("      Examples:", "      @KEY-94\n      Examples:", 1),
        "tags above Examples are not read",
    ),
    "a line between a table's title and its rows": (
        TABLE.replace("      Examples:\n", "      Examples:\n        Given a bucket\n", 1),
        "looks like Gherkin, but is read as a description: Given a bucket",
    ),
    "a table without rows": (
        TABLE[: TABLE.index("        | KEY-92 | yaml   | a      |\n        | KEY-93")],
        "a table of examples is empty",
    ),
}


def test_the_good_feature_is_good(pytester: pytest.Pytester) -> None:
    path = pytester.path / "object_naming.feature"
    path.write_text(GOOD)
    assert [(r.id, r.examples) for r in read_requirements(path)] == [("KEY-91", 1), ("KEY-92", 2)]
    run_suite(pytester).assert_outcomes(passed=3)


@pytest.mark.parametrize(("text", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_feature_turns_red(pytester: pytest.Pytester, text: str, words: str) -> None:
    (pytester.path / "object_naming.feature").write_text(text)
    result = run_suite(pytester)
    assert result.ret not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    assert words in " ".join(str(result.stdout).split())


@pytest.mark.parametrize(("text", "words"), BROKEN_TABLES.values(), ids=BROKEN_TABLES.keys())
def test_a_broken_table_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "object_naming.feature"
    path.write_text(text)
    with pytest.raises(FeatureError) as caught:
        read_requirements(path)
    assert words in str(caught.value)


def test_a_table_makes_a_requirement_of_every_id(pytester: pytest.Pytester) -> None:
    path = pytester.path / "object_naming.feature"
    path.write_text(TABLE)
    assert [(r.id, r.name, r.path, r.line, r.rows) for r in read_requirements(path)] == [
        ("KEY-91", "A json report under a", "json", 19, ({"format": "json", "prefix": "a"},)),
        ("KEY-92", "A yaml report under a", "yaml", 20, ({"format": "yaml", "prefix": "a"},) * 2),
        ("KEY-93", "A json report under b", "json", 25, ({"format": "json", "prefix": "b"},)),
    ]
    run_suite(pytester).assert_outcomes(passed=4)


def test_a_requirement_shows_only_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "object_naming.feature"
    path.write_text(TABLE)
    scenario = textwrap.dedent(TABLE[TABLE.index("    @<id>") : TABLE.index("\n\n      Examples:")])
    header = "\n\n  Examples:\n    | id     | format | prefix |"
    json, both, other = (requirement.gherkin for requirement in read_requirements(path))
    assert json == f"{scenario}{header}\n    | KEY-91 | json   | a      |"
    assert both == f"{scenario}{2 * (header + chr(10) + '    | KEY-92 | yaml   | a      |')}"
    assert other == f"{scenario}{header}\n    | KEY-93 | json   | b      |"


def test_a_sentence_that_two_steps_match_turns_red(pytester: pytest.Pytester) -> None:
    (pytester.path / "object_naming.feature").write_text(GOOD)
    pytester.makeconftest(
        """
        from pytest_bdd import given, parsers

        @given(parsers.parse('the option {rest}'))
        def another(rest):
            pass
        """
    )
    # Else the step definition would be there for the tests that follow.
    result = pytester.runpytest_subprocess(*SUITE)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "several step definitions match" in " ".join(str(result.stdout).split())


def run_suite(pytester: pytest.Pytester) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*SUITE)


def test_a_second_file_may_not_reuse_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "object_naming.feature", tmp_path / "more" / "object_naming.feature"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD)
    monkeypatch.setattr("s3_reporter_conformance.spec.gherkin.feature_files", lambda: paths)
    with pytest.raises(FeatureError, match="ids used twice: KEY-91, KEY-92"):
        all_requirements.__wrapped__()
