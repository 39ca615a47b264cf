"""A Spark job for AWS Glue that writes the findings per scanner to Parquet.

    spark-submit spark_job.py 's3a://my-bucket/scans/*.json' s3a://my-bucket/findings/

Spark's globs fail on keys with a colon, so the reporter has to have the feature hadoop-safe-keys.
"""

import sys
from collections.abc import Sequence
from functools import cache

from pyspark.sql import SparkSession
from pyspark.sql.functions import col, explode
from pyspark.sql.types import LongType, MapType, StringType, StructField, StructType

_COUNTS = StructType([StructField("finding_count", LongType())])
_START = StructType([StructField("start", StringType())])
_REPORT = StructType(
    [
        StructField("metadata", StructType([StructField("summary_stats", _START)])),
        StructField("scanner_results", MapType(StringType(), _COUNTS)),
    ]
)


@cache
def _session() -> SparkSession:
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    session = SparkSession.builder.appName("ash-findings").config(map=quiet).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def flatten(reports: Sequence[str], output: str) -> None:
    """Write a row for each scanner of each report.

    Args:
        reports: Globs of the reports.
        output: The folder to write Parquet to.
    """
    read = _session().read.schema(_REPORT).options(multiLine=True, mode="FAILFAST")
    rows = read.json(list(reports)).select(
        col("metadata.summary_stats.start").alias("started"),
        explode("scanner_results").alias("scanner", "result"),
    )
    rows.select("started", "scanner", col("result.finding_count").alias("findings")).write.parquet(
        output, mode="overwrite"
    )


if __name__ == "__main__":
    flatten(sys.argv[1:-1], sys.argv[-1])
