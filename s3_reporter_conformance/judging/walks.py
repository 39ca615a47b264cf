"""The routes of a run through the diagrams: walked with its settings, and the answers of S3."""

from collections.abc import Iterator, Mapping

from ..scenario.run import Run
from ..spec.diagrams import Diagram, Path, all_diagrams
from .answers import Kind, answers_of

Routes = Mapping[str, tuple[Path, ...]]
"""The routes through each diagram, by its name; none through a diagram that is not entered."""

_BRANCHES = {
    Kind.SLOW_DOWN: "throttling",
    Kind.THROTTLING: "throttling",
    Kind.ACCESS_DENIED: "access_denied",
    Kind.NO_SUCH_BUCKET: "no_such_bucket",
}


def routes_of(run: Run) -> Routes:
    """Walk each diagram with the facts of a run.

    A walk ends where the diagram does, or where the reporter left it.
    """
    diagrams = all_diagrams()
    routes: dict[str, tuple[Path, ...]] = {
        "configuration": (diagrams["configuration"].route(_configuration(run)),)
    }
    if not run.uploads:
        return routes
    form = (run.file_format or run.key.rpartition(".")[2]).lower()
    if form in {"json", "yaml"}:
        for name, decision in {
            "format_conversion": f"format={form}",
            "object_naming": f"file_format={form}",
            "report_sequence": f"alt={form}",
        }.items():
            routes[name] = (diagrams[name].route([decision]),)
    architecture = diagrams["architecture"]
    routes["architecture"] = tuple(
        architecture.route([f"reporter={first}"]) for first in ("sdk", "results")
    )
    if run.attempts:
        routes["error_handling"] = (_error_handling(run, diagrams["error_handling"]),)
    if run.stored:
        routes["local_output"] = (diagrams["local_output"].route([]),)
        services = diagrams["integrations"]
        # Athena reads whole documents, or lines.
        readers = sorted({name.partition("-")[0] for name in run.readings} - {"spark"})
        consumed = tuple(services.route([f"s3={name}"]) for name in readers)
        if consumed:
            routes["integrations"] = consumed
    return routes


def _configuration(run: Run) -> Iterator[str]:
    for setting, option in (("region", "aws_region"), ("bucket", "bucket_name")):
        found = getattr(run, setting)
        configured = bool(run.options.get(option))
        yield f"{setting}_set={'yes' if configured else 'no'}"
        if not configured:
            yield f"{setting}_in_environment={'yes' if found else 'no'}"
        if not found:
            return
    yield f"profile_set={'yes' if run.options.get('aws_profile') else 'no'}"


def _error_handling(run: Run, diagram: Diagram) -> Path:
    """Follow the attempts; a retry that meets another error leads out of the diagram."""
    first, *retries = answers_of(run)
    if first.kind is Kind.SUCCESS:
        return diagram.route(["call_successful=yes"])
    branch = _BRANCHES.get(first.kind, "other")
    route = ["call_successful=no", f"error_type={branch}"]
    if branch != "throttling":
        return diagram.route(route)
    for number, answer in enumerate(retries, start=1):
        succeeded = answer.kind is Kind.SUCCESS
        route.append(f"retry_successful={'yes' if succeeded else 'no'}")
        if succeeded:
            return diagram.route(route)
        if not answer.kind.is_throttling:
            break
        last = number >= run.max_retries
        route.append(f"max_reached={'yes' if last else 'no'}")
        if last:
            return diagram.route(route)
    return diagram.beginning(route)
