-- Amazon Athena. Its JSON SerDes take every line for a record, so each report has to be one line:
-- the extended feature athena-lines. Say your own bucket and prefix in LOCATION.
CREATE EXTERNAL TABLE IF NOT EXISTS ash_reports (
    metadata struct<
        project_name: string,
        summary_stats: struct<start: string, severity_counts: map<string, bigint>>
    >,
    scanner_results map<string, struct<status: string, finding_count: bigint>>
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://my-bucket/scans/';

-- How many findings of each severity there are in all reports together.
SELECT severity, sum(findings) AS findings
FROM ash_reports
CROSS JOIN UNNEST(metadata.summary_stats.severity_counts) AS counts (severity, findings)
GROUP BY severity
ORDER BY severity;

-- How many findings each scanner has in all reports together.
SELECT scanner, sum(result.finding_count) AS findings
FROM ash_reports
CROSS JOIN UNNEST(scanner_results) AS scanners (scanner, result)
GROUP BY scanner
ORDER BY scanner;
