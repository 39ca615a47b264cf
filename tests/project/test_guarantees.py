"""The page on guarantees says how things are."""

import re

import yaml
from packaging.specifiers import SpecifierSet
from rooms import ROOT
from tomlkit import parse

from s3_reporter_conformance.verdict.report import SCHEMA_VERSION
from s3_reporter_conformance.verdict.verdict import ExitCode

PAGE = (ROOT / "docs" / "guarantees.md").read_text()
PROJECT = parse((ROOT / "pyproject.toml").read_text()).unwrap()["project"]


def test_the_exit_codes_and_the_number_of_the_report_are_the_current_ones() -> None:
    _, _, codes = PAGE.partition("\n## Exit codes\n")
    listed = re.findall(r"^\| (\d+) \|", codes.partition("\n## ")[0], re.MULTILINE)
    assert [int(code) for code in listed] == [*ExitCode]
    assert f"`schema_version` is {SCHEMA_VERSION}." in PAGE


def test_every_promised_python_is_tested() -> None:
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]["tox"]
    tested = job["strategy"]["matrix"]["python"]
    promised = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if ":: 3." in c]
    assert tested == promised
    assert f"Python: {tested[0]} to {tested[-1]} " in PAGE
    assert tested[0] in SpecifierSet(PROJECT["requires-python"])
