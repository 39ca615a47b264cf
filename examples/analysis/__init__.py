"""Programs that read uploaded reports: SQL, a Lambda function, a Spark job, a chart.

May import `reference`, but nothing of the harness, so that you can copy them.
"""
