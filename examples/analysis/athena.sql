-- For Amazon Athena. Its JSON SerDes read one record per line, so each report must be one line (the
-- extended feature athena-lines). Enter your own bucket and prefix in LOCATION. Athena runs one
-- statement at a time. In its DDL, start is a reserved word, hence the backticks.
CREATE EXTERNAL TABLE IF NOT EXISTS ash_reports (
    metadata struct<
        project_name: string,
        summary_stats: struct<`start`: string, severity_counts: map<string, bigint>>
    >,
    scanner_results map<string, struct<status: string, finding_count: bigint>>
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://my-bucket/scans/';

-- The number of findings of each severity in all reports.
SELECT severity, sum(findings) AS findings
FROM ash_reports
CROSS JOIN UNNEST(metadata.summary_stats.severity_counts) AS counts (severity, findings)
GROUP BY severity
ORDER BY severity;

-- The number of findings of each scanner in all reports.
SELECT scanner, sum(result.finding_count) AS findings
FROM ash_reports
CROSS JOIN UNNEST(scanner_results) AS scanners (scanner, result)
GROUP BY scanner
ORDER BY scanner;
