"""JUnit XML, as continuous integration services read it.

There is no standard; this follows the schema that Jenkins' xUnit plugin publishes, and the `file`
and `line` that GitLab and others take beyond it.
"""

from collections import Counter
from itertools import groupby
from xml.etree import ElementTree as ET

from ...verdict.report import Report
from ...verdict.runs import RunResult
from ...verdict.status import Status
from ...verdict.verdict import RuleResult
from ..failure import headline
from .common import message_of, reasons


def junit(report: Report) -> str:
    """Put a report into JUnit XML: a suite for each feature file, a case for each rule.

    A run without a verdict is a case, too, in a suite of its own.
    """
    root = ET.Element("testsuites", name=f"S3 reporter {report.reporter.name}")
    cases: list[ET.Element] = []
    for file, rules in groupby(report.rules, key=lambda each: each.file):
        suite = ET.SubElement(root, "testsuite", name=file, timestamp=report.started)
        here = [_case(rule, report) for rule in rules]
        suite.extend(here)
        seconds = sum(run.seconds for run in report.runs if run.file == file)
        _count(suite, here, seconds)
        cases += here
    if report.broken_runs:
        suite = ET.SubElement(root, "testsuite", name="runs without a verdict")
        broken = list(map(_broken, report.broken_runs))
        suite.extend(broken)
        _count(suite, broken, 0)
        cases += broken
    _count(root, cases, sum(run.seconds for run in report.runs))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(rule: RuleResult, report: Report) -> ET.Element:
    case = ET.Element(
        "testcase",
        name=f"{rule.id} {rule.name}",
        classname=rule.file.removesuffix(".feature").replace("/", "."),
        file=rule.file,
        line=str(rule.line),
        # A rule takes no time: the runs do, all rules judge each.
        time="0",
    )
    properties = ET.SubElement(case, "properties")
    for name, value in (
        ("id", rule.id),
        ("level", rule.level.value),
        ("feature", rule.feature),
        ("diagram", rule.diagram),
        ("node", rule.node),
        ("status", rule.status.value),
        ("whenever", rule.whenever),
    ):
        if value is not None:
            ET.SubElement(properties, "property", name=name, value=value)
    if rule.status is not Status.PASSED:
        case.append(_outcome(rule, report))
    return case


def _outcome(rule: RuleResult, report: Report) -> ET.Element:
    message = message_of(rule, report)
    if rule.is_unmet(strict=report.strict):
        output = ET.Element("system-out")
        output.text = f"A recommendation that is not met: {headline(rule)}\n{message}"
        return output
    if rule.is_wrong(strict=report.strict):
        element = ET.Element("failure", type=rule.status.value)
    elif rule.status is Status.ADAPTER_ERROR:
        element = ET.Element("error", type=rule.status.value)
    else:
        element = ET.Element("skipped")
    element.set("message", "; ".join(reasons(rule)))
    element.text = message
    return element


def _broken(run: RunResult) -> ET.Element:
    case = ET.Element(
        "testcase",
        name=run.id,
        classname="runs",
        file=run.file,
        line=str(run.line),
        time=f"{run.seconds:.3f}",
    )
    ET.SubElement(case, "error", type=run.status.value, message=run.problem)
    return case


def _count(element: ET.Element, cases: list[ET.Element], seconds: float) -> None:
    outcomes = Counter(child.tag for case in cases for child in case)
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(outcomes[tag]))
    element.set("time", f"{seconds:.3f}")
