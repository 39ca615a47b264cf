"""Ten scans that the reference has reported, and Athena's SQL on this machine.

`athena.sql` is parsed as Athena does, and run by DuckDB.  Athena hands a CREATE to Hive's parser
and a SELECT to Trino's; so does sqlglot.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pytest
from s3_reporter_conformance.analysis import demo
from s3_reporter_conformance.reference import S3Reporter
from sqlglot import exp, parse

from s3_reporter_conformance.backends.moto import MotoBackend

BUCKET = "ten-scans"

# As in `reports.sql`.
_LARGEST = 268435456


def athena_sql() -> str:
    """The statements in `examples/analysis`."""
    file = resources.files("s3_reporter_conformance.analysis") / "athena.sql"
    return file.read_text(encoding="utf-8")


@contextmanager
def ten_scans(folder: Path) -> Iterator[MotoBackend]:
    """A bucket to which the reference has reported ten different scans, and one more in YAML."""
    backend = MotoBackend()
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("AWS_ENDPOINT_URL", backend.endpoint.address.url)
        changed.setenv("AWS_ACCESS_KEY_ID", "inspector")
        changed.setenv("AWS_SECRET_ACCESS_KEY", "inspector")
        backend.create_bucket(BUCKET)
        options = {"aws_region": "us-east-1", "bucket_name": BUCKET, "key_prefix": "scans"}
        for results in demo.ten_scans():
            assert S3Reporter(options, folder).report(results).startswith("s3://")
        in_yaml = {**options, "key_prefix": "yaml", "file_format": "yaml"}
        assert S3Reporter(in_yaml, folder).report(results).startswith("s3://")
        yield backend
    backend.close()


def ask(
    connection: duckdb.DuckDBPyConnection, reports: str, sql: str
) -> Mapping[str, Mapping[str, int]]:
    """Run both queries over a glob of reports.

    Returns:
        The number of findings, by the name of the query's first column.
    """
    table, *queries = _parsed(sql)
    columns = table.this.expressions
    types = {each.name: each.args["kind"].sql("duckdb") for each in columns}
    name = table.this.this.sql("duckdb")
    # As the SerDe reads them: one record a line, and only the columns of the table.
    connection.execute(
        f"CREATE OR REPLACE TEMPORARY TABLE {name} AS SELECT * FROM read_json($1, "  # noqa: S608 -- the project's own
        f"format = 'newline_delimited', columns = $2, maximum_object_size = {_LARGEST})",
        [reports, types],
    )
    found = {}
    for query in queries:
        rows = connection.execute(_for_duckdb(query)).fetchall()
        found[query.selects[0].alias_or_name] = {key: int(count) for key, count in rows}
    return found


def _parsed(sql: str) -> Sequence[Any]:
    """The statements; what the lenient parser made something else of is refused."""
    statements = parse(sql, read="athena")
    kinds = [type(statement) for statement in statements]
    assert kinds == [exp.Create, exp.Select, exp.Select], kinds
    return statements


def _for_duckdb(query: exp.Select) -> str:
    """The same query for DuckDB, in which a map is unnested as a list of its entries."""
    [unnested] = query.find_all(exp.Unnest)
    alias = unnested.args["alias"]
    key, value = (each.sql("duckdb") for each in alias.columns)
    entries = f"SELECT UNNEST(MAP_ENTRIES({unnested.expressions[0].sql('duckdb')})) AS e"
    lateral = (
        f"LATERAL (SELECT e.key AS {key}, e.value AS {value} FROM ({entries})) AS {alias.name}"  # noqa: S608 -- the project's own
    )
    return query.sql("duckdb").replace(unnested.sql("duckdb"), lateral)
