-- For DuckDB. The number of findings of each severity in each scan, in the order of the scans.
SELECT started, entry.key AS severity, entry.value AS findings
FROM (SELECT started, unnest(map_entries(severities)) AS entry FROM reports)
ORDER BY ALL;
