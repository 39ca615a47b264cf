"""Runs the SQL in this folder directly on a bucket, with DuckDB."""

from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

_HERE = Path(__file__).parent


def connect(  # noqa: PLR0913 -- each is something else that an S3 API may want
    endpoint: str = "",
    key_id: str = "",
    secret: str = "",
    region: str = "us-east-1",
    *,
    token: str = "",
    ca_bundle: str | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB connection that can read from S3.

    Args:
        endpoint: The URL of another S3 API than that of AWS.
        key_id: The id of the access key.
        secret: The secret access key.
        region: The region of the buckets.
        token: The session token, if the access key is temporary.
        ca_bundle: The certificate authorities to trust, a PEM file; `None` for the usual ones.
    """
    connection = duckdb.connect()
    # The package contains the matching extension, so that nothing is downloaded.
    name = f"extensions/v{duckdb.__version__}/httpfs.duckdb_extension"
    with resources.as_file(resources.files("duckdb_extension_httpfs") / name) as path:
        connection.load_extension(str(path))
    connection.execute("SET enable_server_cert_verification = true")
    settings = {"KEY_ID": key_id, "SECRET": secret, "REGION": region}
    if token:
        settings["SESSION_TOKEN"] = token
    if endpoint:
        scheme, _, netloc = endpoint.partition("://")
        secure = str(scheme == "https").lower()
        settings |= {"ENDPOINT": netloc, "URL_STYLE": "path", "USE_SSL": secure}
    if ca_bundle:
        connection.execute(f"SET ca_cert_file = {_quoted(ca_bundle)}")
    # This kind of statement takes no parameters.
    written = [f"{name} {_quoted(value)}" for name, value in settings.items()]
    connection.execute(f"CREATE SECRET (TYPE s3, {', '.join(written)})")
    return connection


def query(
    connection: duckdb.DuckDBPyConnection, name: str, reports: str, layout: str = "auto"
) -> list[tuple[Any, ...]]:
    """Run one of the queries.

    Args:
        connection: From `connect`.
        name: The name of the query's file, without `.sql`.
        reports: Where the reports are, such as `s3://my-bucket/scans/*.json`.
        layout: `auto`, or `newline_delimited` for reports of one line each.
    """
    connection.execute("SET VARIABLE reports = $1", [reports])
    connection.execute("SET VARIABLE layout = $1", [layout])
    for file in ("reports", name):
        connection.execute((_HERE / f"{file}.sql").read_text(encoding="utf-8"))
    return connection.fetchall()


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"
