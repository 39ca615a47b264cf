"""Athena's SQL on this machine: `athena.sql` is parsed as Athena does, and run by DuckDB.

Athena hands a CREATE to Hive's parser and a SELECT to Trino's; so does sqlglot.
"""

from collections.abc import Mapping
from importlib import resources

import duckdb
from sqlglot import exp, parse

# Amazon Athena User Guide, "Escape reserved keywords in queries", the list for DDL statements.
_RESERVED = """
    all alter and array as authorization between bigint binary boolean both by case cashe cast char
    column conf constraint commit create cross cube current current_date current_timestamp cursor
    database date dayofweek decimal delete describe distinct div double drop else end exchange
    exists extended external extract false fetch float floor following for foreign from full
    function grant group grouping having if import in inner insert int integer intersect interval
    into is join lateral left less like local macro map more none not null numeric of on only or
    order out outer over partialscan partition percent preceding precision preserve primary
    procedure range reads reduce regexp references revoke right rlike rollback rollup row rows
    select set smallint start table tablesample then time timestamp to transform trigger true
    truncate unbounded union uniquejoin update user using utc_timestamp values varchar views when
    where window with
"""
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
    """Run both queries over reports.

    Args:
        connection: A connection that finds the reports.
        reports: A glob of the reports.
        sql: The statements.

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


def _parsed(sql: str) -> tuple[exp.Create, exp.Select, exp.Select]:
    """The statements; what the lenient parser made something else of is refused."""
    statements = parse(sql, read="athena")
    kinds = [type(statement) for statement in statements]
    assert kinds == [exp.Create, exp.Select, exp.Select], kinds
    table, *queries = statements
    assert isinstance(table, exp.Create)
    bare = {each.name.lower() for each in table.find_all(exp.Identifier) if not each.quoted}
    reserved = bare.intersection(_RESERVED.split())
    assert not reserved, f"reserved, and without backticks: {reserved}"
    first, second = queries
    assert isinstance(first, exp.Select)
    assert isinstance(second, exp.Select)
    return table, first, second


def _for_duckdb(query: exp.Select) -> str:
    """The same query for DuckDB, in which a map is unnested as a list of its entries."""
    query = query.copy()
    maps = list(query.find_all(exp.Unnest))
    assert len(maps) == 1, query.sql("athena")
    alias = maps[0].args["alias"]
    key, value = (each.sql("duckdb") for each in alias.columns)
    entries = f"SELECT UNNEST(MAP_ENTRIES({maps[0].expressions[0].sql('duckdb')})) AS e"
    lateral = (
        f"LATERAL (SELECT e.key AS {key}, e.value AS {value} FROM ({entries})) AS {alias.name}"  # noqa: S608 -- the project's own
    )
    written = maps[0].sql("duckdb")
    whole = query.sql("duckdb")
    assert whole.count(written) == 1, whole
    return whole.replace(written, lateral)
