"""Parts that several of the formats need."""

from ...verdict.report import Report
from ...verdict.verdict import RuleResult
from ..failure import explain_rule


def message_of(rule: RuleResult, report: Report) -> str:
    """The block about a rule that did not pass, as the console has it."""
    return "\n".join(map(str, explain_rule(rule, report.runs)))


def reasons(rule: RuleResult) -> list[str]:
    """Why a rule did not pass: the expectation and the observation, or why it was not judged."""
    if rule.expected is not None:
        return [f"expected {rule.expected}", f"seen {rule.seen}"]
    return [rule.note or rule.status.words]
