"""The routes of a run through the diagrams: walked with its settings, and the answers of S3."""

from collections.abc import Mapping, Sequence

from ..scenario.run import Run
from ..spec.diagrams import Path, all_diagrams
from .answers import Kind, answers_of

Routes = Mapping[str, tuple[Path, ...]]
"""The routes through each diagram, by its name; none through a diagram that is not entered."""

_BRANCHES = {
    Kind.SLOW_DOWN: "throttling",
    Kind.OTHER_THROTTLING: "throttling",
    Kind.ACCESS_DENIED: "access_denied",
    Kind.NO_SUCH_BUCKET: "no_such_bucket",
}


def routes_of(run: Run) -> Routes:
    """Walk each diagram with the facts of a run.

    A walk ends where the diagram does, or where the reporter left it.
    """
    decisions = {"configuration": [_configuration(run)]}
    form = run.format_of_the_key.lower() if run.uploads else ""
    if form in {"json", "yaml"}:
        for name in ("format_conversion", "object_naming", "report_sequence"):
            decisions[name] = [[form]]
    if run.uploads:
        decisions["architecture"] = [["sdk"], ["results"]]
    if run.attempts:
        decisions["error_handling"] = [_error_handling(run)]
    if run.stored:
        decisions["local_output"] = [[]]
        # Athena reads whole documents, or lines.
        readers = sorted({name.partition("-")[0] for name in run.readings} - {"spark"})
        if readers:
            decisions["integrations"] = [[name] for name in readers]
    diagrams = all_diagrams()
    return {
        name: tuple(diagrams[name].route(*each) for each in several)
        for name, several in decisions.items()
    }


def _configuration(run: Run) -> Sequence[str]:
    answers = []
    for found, option in ((run.region, "aws_region"), (run.bucket, "bucket_name")):
        is_configured = bool(run.options.get(option))
        answers += ["yes"] if is_configured else ["no", "yes" if found else "no"]
        if not found:
            return answers
    return [*answers, "yes" if run.options.get("aws_profile") else "no"]


def _error_handling(run: Run) -> Sequence[str]:
    """Follow the attempts; a retry that meets another error leads out of the diagram."""
    first, *retries = answers_of(run)
    if first.kind is Kind.SUCCESS:
        return ["yes"]
    answers = ["no", _BRANCHES.get(first.kind, "other")]
    if not first.kind.is_throttling:
        return answers
    for number, answer in enumerate(retries, start=1):
        if answer.kind is Kind.SUCCESS:
            return [*answers, "yes"]
        answers.append("no")
        if not answer.kind.is_throttling:
            return answers
        answers.append("yes" if number >= run.max_retries else "no")
    return answers
