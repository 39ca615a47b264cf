"""JUnit XML, as continuous integration services read it.

There is no standard; this follows the schema that Jenkins' xUnit plugin publishes, and the `file`
and `line` that GitLab and others take beyond it.
"""

from itertools import groupby
from xml.etree import ElementTree as ET

from ...verdict.report import Report
from ...verdict.status import Status
from ...verdict.verdict import RuleResult
from ..failure import explain_rule, headline, reasons
from ..wrapping import wrapped

_PROPERTIES = ("id", "level", "feature", "diagram", "node", "status", "whenever")


def junit(report: Report) -> str:
    """Put a report into JUnit XML: a suite for each feature file, a case for each rule.

    A run without a verdict is a case, too, in a suite of its own.
    """
    root = ET.Element("testsuites", name=f"S3 reporter {report.reporter.name}")
    for file, rules in groupby(report.rules, key=lambda each: each.file):
        suite = ET.SubElement(root, "testsuite", name=file, timestamp=report.started)
        suite.extend(_case(rule, report) for rule in rules)
        _count(suite, sum(run.seconds for run in report.runs if run.file == file))
    if broken := report.verdict.broken_runs:
        suite = ET.SubElement(root, "testsuite", name="runs without a verdict")
        for run in broken:
            case = ET.SubElement(suite, "testcase", name=run.id, classname="runs", file=run.file)
            case.set("line", str(run.line))
            ET.SubElement(case, "error", type=run.status.value, message=run.problem)
        _count(suite, 0)
    _count(root, sum(run.seconds for run in report.runs))
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
    for name in _PROPERTIES:
        value = getattr(rule, name)
        if value is not None:
            ET.SubElement(properties, "property", name=name, value=getattr(value, "value", value))
    if rule.status is not Status.PASSED:
        case.append(_outcome(rule, report))
    return case


def _outcome(rule: RuleResult, report: Report) -> ET.Element:
    message = wrapped("\n".join(explain_rule(rule, report.runs)))
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


def _count(element: ET.Element, seconds: float) -> None:
    for name, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        element.set(name, str(len(element.findall(f".//{tag}"))))
    element.set("time", f"{seconds:.3f}")
