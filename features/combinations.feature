Feature: Combinations
  What holds for one configuration holds for every other: the columns are independent of each other.
  Every two values of any two columns are together in some row, written by tests/pairs.py.

  Background:
    Given a configured reporter
    And the option aws_region is not set
    And the option bucket_name is not set
    And the environment variable AWS_REGION is "ap-southeast-2"
    And the environment variable AWS_DEFAULT_REGION is "sa-east-1"
    And the environment variable ASH_S3_BUCKET_NAME is "no-bucket-of-this-run"
    And an AWS profile "audit" with permanent credentials
    And an AWS profile "ci" with temporary credentials
    And the AWS profile "audit" sets the region "us-west-2"

  Scenario Outline: Pair
    Given S3 answers <answer>
    And scan results with <results>
    And a scan whose start is <start>
    And the option aws_profile is <profile>
    And the option file_format is "<format>"
    And the option key_prefix is "<prefix>"
    And <region by> is "eu-west-1"
    And <bucket by> is the bucket "reports"
    And ASH Core logs at <level> level
    When ASH Core runs the reporter

    Examples:
      | answer                            | results       | profile | format | prefix   | region by                           | bucket by                                   | start                     | level |
      | every attempt with success        | findings      | not set | json   | scans    | the option aws_region               | the option bucket_name                      | 2026-01-15T10:30:00+00:00 | info  |
      | the first attempt with SlowDown   | no findings   | "audit" | yaml   | team a/b | the environment variable AWS_REGION | the environment variable ASH_S3_BUCKET_NAME | 2026-01-15T10:30:00Z      | info  |
      | every attempt with SlowDown       | common values | "ci"    | yaml   | scans    | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
      | every attempt with AccessDenied   | common values | "audit" | json   | team a/b | the option aws_region               | the environment variable ASH_S3_BUCKET_NAME | 2026-01-15T10:30:00+00:00 | debug |
      | every attempt with NoSuchBucket   | no findings   | not set | json   | scans    | the environment variable AWS_REGION | the environment variable ASH_S3_BUCKET_NAME | 2026-01-15T10:30:00+00:00 | debug |
      | every attempt with InvalidRequest | findings      | "ci"    | yaml   | team a/b | the option aws_region               | the environment variable ASH_S3_BUCKET_NAME | 2026-01-15T10:30:00+00:00 | debug |
      | every attempt with UnheardOf      | findings      | "audit" | json   | scans    | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
      | every attempt with UnheardOf      | no findings   | "ci"    | json   | team a/b | the option aws_region               | the option bucket_name                      | 2026-01-15T10:30:00+00:00 | info  |
      | every attempt with InvalidRequest | common values | not set | json   | scans    | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | info  |
      | every attempt with NoSuchBucket   | common values | "audit" | yaml   | team a/b | the option aws_region               | the option bucket_name                      | 2026-01-15T10:30:00Z      | info  |
      | every attempt with AccessDenied   | findings      | not set | yaml   | scans    | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | info  |
      | every attempt with SlowDown       | findings      | not set | json   | team a/b | the option aws_region               | the environment variable ASH_S3_BUCKET_NAME | 2026-01-15T10:30:00+00:00 | info  |
      | the first attempt with SlowDown   | findings      | not set | json   | scans    | the option aws_region               | the option bucket_name                      | 2026-01-15T10:30:00+00:00 | debug |
      | every attempt with success        | common values | "audit" | yaml   | team a/b | the environment variable AWS_REGION | the environment variable ASH_S3_BUCKET_NAME | 2026-01-15T10:30:00Z      | debug |
      | every attempt with UnheardOf      | common values | not set | yaml   | team a/b | the environment variable AWS_REGION | the environment variable ASH_S3_BUCKET_NAME | 2026-01-15T10:30:00Z      | debug |
      | every attempt with success        | no findings   | "ci"    | json   | team a/b | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
      | the first attempt with SlowDown   | common values | "ci"    | json   | team a/b | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
      | every attempt with SlowDown       | no findings   | "audit" | json   | team a/b | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
      | every attempt with AccessDenied   | no findings   | "ci"    | json   | team a/b | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
      | every attempt with NoSuchBucket   | findings      | "ci"    | json   | team a/b | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
      | every attempt with InvalidRequest | no findings   | "audit" | json   | team a/b | the environment variable AWS_REGION | the option bucket_name                      | 2026-01-15T10:30:00Z      | debug |
