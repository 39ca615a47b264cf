"""JUnit XML, as continuous integration services read it.

There is no standard; this follows the schema that Jenkins' xUnit plugin publishes, and the `file`
and `line` that GitLab and others take beyond it.
"""

from collections import Counter
from itertools import groupby
from xml.etree import ElementTree as ET

from ...verdict.report import Report, ReportedRequirement
from ...verdict.status import Status
from .common import reasons


def junit(report: Report) -> str:
    """Put a report into JUnit XML: a suite for each feature file, a case for each requirement."""
    root = ET.Element("testsuites", name=f"S3 reporter {report.reporter.name}")
    cases: list[ET.Element] = []
    for file, requirements in groupby(report.requirements, key=lambda each: each.file):
        suite = ET.SubElement(root, "testsuite", name=file, timestamp=report.started)
        here = [_case(requirement) for requirement in requirements]
        suite.extend(here)
        _count(suite, here)
        cases += here
    _count(root, cases)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(requirement: ReportedRequirement) -> ET.Element:
    case = ET.Element(
        "testcase",
        name=f"{requirement.id} {requirement.name}",
        classname=requirement.file.removesuffix(".feature").replace("/", "."),
        file=requirement.file,
        line=str(requirement.line),
        time=f"{requirement.seconds:.3f}",
    )
    properties = ET.SubElement(case, "properties")
    for name, value in (
        ("id", requirement.id),
        ("level", requirement.level.value),
        ("feature", requirement.feature),
        ("diagram", requirement.diagram),
        ("path", requirement.path),
        ("status", requirement.status.value),
    ):
        if value is not None:
            ET.SubElement(properties, "property", name=name, value=value)
    status = requirement.status
    if status is not Status.PASSED:
        outcome = "failure" if status.wrong else "error" if status.failed else "skipped"
        element = ET.SubElement(case, outcome, message="; ".join(reasons(requirement)))
        if outcome != "skipped":
            element.set("type", status.value)
        element.text = requirement.message
    return case


def _count(element: ET.Element, cases: list[ET.Element]) -> None:
    outcomes = Counter(child.tag for case in cases for child in case)
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(outcomes[tag]))
    element.set("time", f"{sum(float(case.get('time', 0)) for case in cases):.3f}")
