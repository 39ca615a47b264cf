"""The table of pairs: written by its command, and no pair is missing."""

from pairs import COLUMNS, FEATURE, feature, missing_pairs, rows


def test_the_table_is_the_one_that_the_command_writes() -> None:
    assert FEATURE.read_text(encoding="utf-8") == feature()


def test_no_pair_is_missing() -> None:
    assert list(missing_pairs(rows())) == []


def test_a_missing_pair_is_found() -> None:
    answer, results = COLUMNS["answer"][1], COLUMNS["results"][2]
    without = [row for row in rows() if row[:2] != [answer, results]]
    assert f"answer {answer!r} and results {results!r}" in list(missing_pairs(without))
