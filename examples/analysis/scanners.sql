-- For DuckDB. The number of findings of each scanner in all reports.
SELECT entry.key AS scanner, CAST(sum(CAST(entry.value ->> '$.finding_count' AS BIGINT)) AS BIGINT) AS findings
FROM (SELECT unnest(map_entries(scanners)) AS entry FROM reports)
GROUP BY ALL
ORDER BY ALL;
