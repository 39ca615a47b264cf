"""Athena's SQL on this machine: `athena.sql` is parsed as Athena does, and run by DuckDB.

Athena hands a CREATE to Hive's parser and a SELECT to Trino's; so does sqlglot.
"""

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import duckdb
from sqlglot import exp, parse

# As in `reports.sql`.
_LARGEST = 268435456


def athena_sql() -> str:
    """The statements in `examples/analysis`."""
    file = resources.files("s3_reporter_conformance.analysis") / "athena.sql"
    return file.read_text(encoding="utf-8")


def columns(sql: str) -> Mapping[str, exp.DataType]:
    """The columns of the table, with their types."""
    return {each.name: each.args["kind"] for each in _parsed(sql)[0].this.expressions}


def ask(
    connection: duckdb.DuckDBPyConnection, reports: str, sql: str
) -> Mapping[str, Mapping[str, int]]:
    """Run both queries over a glob of reports.

    Returns:
        The number of findings, by the name of the query's first column.
    """
    table, *queries = _parsed(sql)
    types = {name: kind.sql("duckdb") for name, kind in columns(sql).items()}
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
