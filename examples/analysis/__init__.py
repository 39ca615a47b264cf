"""What can be done with the reports in a bucket: SQL, a Lambda function, a Spark job, a picture."""
