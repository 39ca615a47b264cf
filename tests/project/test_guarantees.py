"""The page on guarantees says how things are, and what it promises is tried."""

import re

import yaml
from packaging.specifiers import SpecifierSet
from rooms import ROOT
from tomlkit import parse

from s3_reporter_conformance.disk.documents import read_schema
from s3_reporter_conformance.reporting.html.guides import all_guides
from s3_reporter_conformance.verdict.report import SCHEMA_VERSION
from s3_reporter_conformance.verdict.verdict import ExitCode

PAGE = (ROOT / "docs" / "guarantees.md").read_text()
PROJECT = parse((ROOT / "pyproject.toml").read_text()).unwrap()["project"]


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", section("Exit codes"), re.MULTILINE)]
    assert codes == [*ExitCode]


def test_the_numbers_of_the_report_and_the_contract_are_the_current_ones() -> None:
    assert f"`schema_version` is {SCHEMA_VERSION}." in section("The report")
    contract = read_schema("request")["properties"]["contract"]["const"]
    assert f"`contract` is {contract}." in section("The contract")


def test_the_report_allows_nothing_that_it_does_not_name() -> None:
    schema = read_schema("report")
    parts = [schema, *schema["$defs"].values(), *schema["properties"].values()]
    closed = [part for part in parts if "properties" in part]
    assert len(closed) > 5
    assert all(part.get("additionalProperties") is False for part in closed)


def test_every_promised_python_and_system_is_tested() -> None:
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]["tox"]
    tested = job["strategy"]["matrix"]["python"]
    promised = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if ":: 3." in c]
    assert tested == promised
    assert f"Python: {tested[0]} to {tested[-1]} " in PAGE
    assert f"Python {tested[0]} to {tested[-1]} " in (ROOT / "README.md").read_text()
    assert tested[0] in SpecifierSet(PROJECT["requires-python"])
    systems = {each["system"] for each in job["strategy"]["matrix"]["include"]}
    macos = any(each.endswith(":: MacOS") for each in PROJECT["classifiers"])
    assert macos is ("macos-latest" in systems)


def test_the_page_is_a_guide_of_the_site() -> None:
    assert "Guarantees" in [guide.title for guide in all_guides()]
