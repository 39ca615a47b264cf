-- For DuckDB. The number of findings of each severity in all reports.
SELECT entry.key AS severity, CAST(sum(entry.value) AS BIGINT) AS findings
FROM (SELECT unnest(map_entries(severities)) AS entry FROM reports)
GROUP BY ALL
ORDER BY ALL;
