"""Reads the objects the way the services in the integrations diagram do.

The SQL, the Lambda function, and the Spark job come from `examples/analysis`.  Their dependencies
are optional; without them, a scenario is not run, and the output says what to install.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path

from ..backends.base import Backend, StoredObject
from ..scenario.observation import Observation
from ..scenario.run import Run
from ..words.errors import BackendError, Nonconformance, NotInstalledError
from .documents import read_json

# By Amazon QuickSight.
_ACCEPTED = (".json", ".csv", ".tsv", ".clf", ".elf", ".xlsx")

Figures = Mapping[str, int]
"""The number of findings by severity or by scanner."""


@dataclass(frozen=True)
class Reading:
    """The figures that a service finds in the bucket, by their kind, or why it finds none."""

    figures: Mapping[str, Figures] = field(default_factory=dict)
    problem: Nonconformance | None = None


def read_as(service: str, run: Run, backend: Backend, folder: Path) -> Reading:
    """Read the bucket after a run as a service does, with an existing folder for its files."""
    if not run.stored:
        return Reading()
    try:
        if service.startswith("athena"):
            reports = f"s3://{run.uploads[0].bucket}/**"
            return Reading(query(backend, reports, lines=service == "athena-lines"))
        if service == "lambda":
            return Reading({"severities": _read_by_lambda(run.observation, backend)})
        if service == "spark":
            found = flattened_by_spark(run.observation.new_objects, folder / "spark")
            return Reading({"scanners": found})
    except Nonconformance as problem:
        return Reading(problem=problem)
    return Reading()


def query(backend: Backend, reports: str, *, lines: bool) -> Mapping[str, Figures]:
    """Run queries of `examples/analysis` over a glob of reports, with DuckDB.

    With lines, it reads one record per line, as Athena's JSON SerDes do.
    """
    _need("analysis", "duckdb", "duckdb_extension_httpfs")
    import duckdb

    from ..analysis.querying import connect
    from ..analysis.querying import query as run_query

    endpoint, credentials = backend.endpoint, backend.credentials
    with connect(
        endpoint.address.url,
        credentials.access_key_id,
        credentials.secret_access_key,
        endpoint.region,
        token=credentials.session_token,
        ca_bundle=endpoint.address.trusted,
    ) as connection:
        try:
            layout = "newline_delimited" if lines else "auto"
            names = ("severities", "scanners")
            return {name: dict(run_query(connection, name, reports, layout)) for name in names}
        except duckdb.Error as error:
            said = str(error).partition("\n")[0]
            status = error.status_code if isinstance(error, duckdb.HTTPException) else 0
            # The server failed, or wants to be asked more slowly.
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
                raise BackendError(f"{backend.name} could not answer a query: {said}") from error
            raise Nonconformance(f"reports that SQL can read: {reports}", said) from error


def _read_by_lambda(observation: Observation, backend: Backend) -> Figures:
    """Pass the bucket's events to the Lambda function of `examples/analysis`."""
    _need("analysis", "aws_lambda_powertools")
    from ..analysis.lambda_handler import figures

    def read(bucket: str, key: str) -> bytes:
        content = backend.read(bucket, key)
        if content is None:
            raise LookupError(f"there is no object {bucket}/{key}")
        return content

    found: Counter[str] = Counter()
    for message in dict.fromkeys(event.message for event in observation.events):
        try:
            for each in figures(json.loads(message), read):
                found.update(each["severities"])
        except BackendError:
            raise
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            raise Nonconformance("a report that a Lambda function can read", said) from error
    return found


def expect_quicksight(objects: Iterable[StoredObject]) -> None:
    """Check that QuickSight could import the objects that a manifest names.

    Amazon QuickSight User Guide, "Supported formats for Amazon S3 manifest files".

    Raises:
        Nonconformance: QuickSight could not.
    """
    for stored in objects:
        if not stored.key.endswith(_ACCEPTED):
            raise Nonconformance(f"a name that ends in one of {', '.join(_ACCEPTED)}", stored.key)
        document = read_json(stored.content)
        if not isinstance(document, dict | list):
            raise Nonconformance(f"a JSON object at {stored.key}", type(document).__name__)


def flattened_by_spark(objects: Iterable[StoredObject], folder: Path) -> Figures:
    """Run the Spark job of `examples/analysis` on objects, as files in an empty folder.

    Raises:
        Nonconformance: Spark cannot read the objects.
    """
    _need("analysis", "duckdb")
    _need("spark", "pyspark")
    import duckdb
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    from ..analysis.spark_job import flatten

    source, target = folder / "reports", folder / "findings"
    for stored in objects:
        path = source / stored.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stored.content)
    globs = sorted({str(path.parent / "*.json") for path in source.rglob("*.json")})
    try:
        flatten(globs, str(target))
    except (PySparkException, Py4JError, OSError) as error:
        # Java appends a long stack trace.
        said = " ".join(str(error).split("\n\tat ")[0].split())
        raise Nonconformance("reports that Spark can read by a glob", said) from error
    statement = "SELECT scanner, CAST(sum(findings) AS BIGINT) FROM read_parquet($1) GROUP BY ALL"
    return dict(duckdb.execute(statement, [f"{target}/*.parquet"]).fetchall())


def _need(extra: str, *modules: str) -> None:
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise NotInstalledError(
            f"{' and '.join(missing)} not installed: "
            f"install the suite with its extra {extra}: pip install '.[{extra}]' in a checkout"
        )
