-- For DuckDB. The reports under a prefix, one row each. getvariable('reports') is a glob such as
-- 's3://my-bucket/scans/*.json'; getvariable('layout') is 'auto', or 'newline_delimited' for
-- reports of one line each.
CREATE OR REPLACE TEMPORARY VIEW reports AS
SELECT
    filename AS report,
    TRY_CAST(metadata ->> '$.summary_stats.start' AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS started,
    CAST(metadata -> '$.summary_stats.severity_counts' AS MAP(VARCHAR, BIGINT)) AS severities,
    CAST(scanner_results AS MAP(VARCHAR, JSON)) AS scanners
FROM read_json(
    getvariable('reports'),
    format = getvariable('layout'),
    columns = {metadata: 'JSON', scanner_results: 'JSON'},
    maximum_object_size = 268435456,
    filename = true
);
