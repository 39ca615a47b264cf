Feature: Configuration
  Where the reporter takes its region, bucket and profile from, and when it is disabled.

  An option takes precedence over the environment, and an empty value counts as not set
  (interpretation 8). The signature of the upload shows which region and which profile the reporter used.
  A disabled reporter says that it is not ready and never uploads anything (interpretation 9).
  Options and environment variables that a scenario does not mention are not set.

  Background:
    Given the results of a real scan
    And a bucket "reports"
    And a bucket "elsewhere"
    And an AWS profile "audit"
    And the option key_prefix is "scans"
    And the option file_format is "json"

  @interpretation:8
  Rule: With a region and a bucket, each from its option or from the environment, the reporter is ready
    Often wrong: a variable's name is misspelled, or the SDK reads the region from another variable, such as
    AWS_DEFAULT_REGION; the reporter uses the configured profile to read but not to upload.

    @<id> @core @path:<path>
    Scenario Outline: Region by <region by>, bucket by <bucket by>, profile <profile>
      Given <region by> sets the region "<region>"
      And <bucket by> sets the bucket "reports"
      And the option aws_profile is <aws_profile>
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "<region>"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "<profile>"

      Examples:
        | id     | region by  | region         | bucket by          | aws_profile | profile | path                                    |
        | CFG-01 | aws_region | eu-west-1      | bucket_name        | "audit"     | audit   | all-configured                          |
        | CFG-02 | aws_region | eu-west-1      | bucket_name        | not set     | default | default-profile                         |
        | CFG-03 | aws_region | eu-west-1      | ASH_S3_BUCKET_NAME | "audit"     | audit   | bucket-from-environment                 |
        | CFG-04 | aws_region | eu-west-1      | ASH_S3_BUCKET_NAME | not set     | default | bucket-from-environment-default-profile |
        | CFG-05 | AWS_REGION | ap-southeast-2 | bucket_name        | "audit"     | audit   | region-from-environment                 |
        | CFG-06 | AWS_REGION | ap-southeast-2 | bucket_name        | not set     | default | region-from-environment-default-profile |
        | CFG-07 | AWS_REGION | ap-southeast-2 | ASH_S3_BUCKET_NAME | "audit"     | audit   | both-from-environment                   |
        | CFG-08 | AWS_REGION | ap-southeast-2 | ASH_S3_BUCKET_NAME | not set     | default | both-from-environment-default-profile   |

  @interpretation:9
  Rule: Without a region or without a bucket, the reporter is disabled
    Often wrong: the reporter falls back to a region of its own, or says that it is ready and fails later.

    @CFG-09 @core @path:no-region
    Scenario: No region
      Given the option aws_region is not set
      And the environment variable AWS_REGION is not set
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @CFG-47 @core @path:no-region
    Scenario: No region but that of a profile
      Given the AWS profile "audit" sets the region "eu-west-1"
      And the option aws_profile is "audit"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @CFG-10 @core @path:no-bucket
    Scenario: Region by option, no bucket
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is not set
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @CFG-11 @core @path:region-from-environment-no-bucket
    Scenario: Region by environment, no bucket
      Given the option aws_region is not set
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is not set
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

  @interpretation:15
  Rule: A disabled reporter changes nothing
    Often wrong: the reporter creates a bucket if none is configured, or writes why it is disabled to a file.

    @<id> @core @path:<path>
    Scenario Outline: Without a <missing>
      Given the option <option> is not set
      And <other>
      When ASH Core runs the reporter
      Then nothing but the object was changed in S3
      And nothing but the copy was changed on disk

      Examples:
        | id     | missing | option      | other                                 | path      |
        | CFG-44 | region  | aws_region  | bucket_name sets the bucket "reports" | no-region |
        | CFG-45 | bucket  | bucket_name | aws_region sets the region "eu-west-1" | no-bucket |

  @interpretation:8
  Rule: An option takes precedence over the environment
    Often wrong: the reporter leaves the decision to the SDK, which looks at the environment or the profile first;
    the URL that it returns names the region that was not used.

    @CFG-12 @interpretation:11 @core @path:default-profile
    Scenario: The option aws_region takes precedence over AWS_REGION
      Given the option aws_region is "eu-west-1"
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-west-1"
      And the reporter returns the S3 URL of the object

    @CFG-13 @core @path:default-profile
    Scenario: The option bucket_name takes precedence over ASH_S3_BUCKET_NAME
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "elsewhere"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload goes to the bucket "reports"

    @CFG-14 @core @path:all-configured
    Scenario Outline: The option aws_profile takes precedence over AWS_PROFILE
      Often wrong: the reporter takes the name default for no name.
      Given an AWS profile "build"
      And the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "<profile>"
      And the environment variable AWS_PROFILE is "build"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed with the credentials of the profile "<profile>"

      Examples:
        | profile |
        | audit   |
        | default |

    @<id> @interpretation:11 @core @path:<path>
    Scenario Outline: <by> takes precedence over <other>
      Given <by> sets the region "eu-west-1"
      And <other> sets the region "sa-east-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "audit"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-west-1"
      And the reporter returns the S3 URL of the object

      Examples:
        | id     | by         | other                   | path                    |
        | CFG-40 | aws_region | AWS_DEFAULT_REGION      | all-configured          |
        | CFG-41 | aws_region | the AWS profile "audit" | all-configured          |
        | CFG-42 | AWS_REGION | AWS_DEFAULT_REGION      | region-from-environment |
        | CFG-43 | AWS_REGION | the AWS profile "audit" | region-from-environment |

  @interpretation:8
  Rule: An empty value counts as not set
    Often wrong: the reporter only checks whether the option is there, and takes the empty value for a region.

    @CFG-15 @core @path:region-from-environment-default-profile
    Scenario: Empty aws_region: the region comes from AWS_REGION
      Given the option aws_region is empty
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "ap-southeast-2"

    @CFG-16 @core @path:bucket-from-environment-default-profile
    Scenario: Empty bucket_name: the bucket comes from ASH_S3_BUCKET_NAME
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is empty
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload goes to the bucket "reports"

    @CFG-17 @core @path:default-profile
    Scenario: Empty aws_profile: the default profile
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is empty
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed with the credentials of the profile "default"

    @CFG-18 @core @path:no-region
    Scenario: Empty aws_region and empty AWS_REGION: no region
      Given the option aws_region is empty
      And the environment variable AWS_REGION is empty
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @CFG-19 @core @path:no-bucket
    Scenario: Empty bucket_name and empty ASH_S3_BUCKET_NAME: no bucket
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is empty
      And the environment variable ASH_S3_BUCKET_NAME is empty
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

  @interpretation:8
  Rule: The upload is signed for the configured region, whichever it is
    Often wrong: the reporter checks the region against a list or a pattern that does not cover every partition
    of AWS; the URL that it returns has the same domain in every partition.

    @CFG-20 @interpretation:11 @core @path:default-profile
    Scenario Outline: A region of every partition
      Given the option aws_region is "<region>"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "<region>"
      And the reporter returns the S3 URL of the object

      Examples:
        | region          |
        | us-east-1       |
        | eu-central-1    |
        | us-gov-west-1   |
        | cn-north-1      |
        | us-iso-east-1   |
        | us-isob-east-1  |
        | eusc-de-east-1  |
        | mx-central-1    |
        | ap-southeast-7  |

  @interpretation:8 @interpretation:14
  Rule: A profile may contain temporary credentials
    Often wrong: the reporter uses the access key of temporary credentials without their session token.

    @<id> @core @path:<path>
    Scenario Outline: Temporary credentials of the profile <profile>
      Given an AWS profile "<profile>" with a session token
      And the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is <aws_profile>
      When ASH Core runs the reporter
      Then the upload is signed with the credentials of the profile "<profile>"
      And every request carries the session token of its credentials
      And the upload goes to the bucket "reports"

      Examples:
        | id     | aws_profile | profile | path            |
        | CFG-21 | "audit"     | audit   | all-configured  |
        | CFG-22 | not set     | default | default-profile |

  @interpretation:8
  Rule: The option aws_profile takes precedence over credentials in the environment
    Often wrong: the reporter leaves the decision to the SDK, which takes the credentials that a pipeline puts
    into the environment.

    @CFG-23 @core @path:all-configured
    Scenario Outline: The option aws_profile takes precedence over credentials in the environment
      Given the environment contains <kind> credentials
      And the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "audit"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed with the credentials of the profile "audit"
      And the upload goes to the bucket "reports"

      Examples:
        | kind      |
        | permanent |
        | temporary |

  @interpretation:8
  Rule: A region and a bucket are all that a reporter needs
    Without file_format, the extension of the key says which format the reporter chose; without key_prefix, the
    reporter has a prefix of its own, or none.
    Often wrong: the reporter fails without a prefix or a format, writes None into the key, or uploads YAML
    under a name that ends with .json; an empty format becomes an empty extension; a bucket whose name has dots is
    taken for a wrong one.

    @<id> @core @path:<path>
    Scenario Outline: Only a region by <region by> and a bucket by <bucket by>, file_format <file_format>
      Given the option key_prefix is not set
      And the option file_format is <file_format>
      And <region by> sets the region "eu-west-1"
      And <bucket by> sets the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the buckets contain one object
      And the upload goes to the bucket "reports"
      And the timestamp in the object's key is the start of the scan
      And the object's key contains no placeholder such as None
      And the object has the format, and the content type, that its key ends with
      And the object contains the scan results
      And the reporter returns the S3 URL of the object

      Examples:
        | id     | region by  | bucket by          | file_format | path                                  |
        | CFG-25 | aws_region | bucket_name        | not set     | default-profile                       |
        | CFG-26 | AWS_REGION | ASH_S3_BUCKET_NAME | not set     | both-from-environment-default-profile |
        | CFG-27 | aws_region | bucket_name        | empty       | default-profile                       |

    @CFG-28 @core @path:default-profile
    Scenario: A bucket with a long name that has dots
      Given a bucket "reports.of-all-the-projects.in-a-long-name.example"
      And the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports.of-all-the-projects.in-a-long-name.example"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload goes to the bucket "reports.of-all-the-projects.in-a-long-name.example"
      And the reporter returns the S3 URL of the object

  @interpretation:4 @interpretation:8
  Rule: Credentials that allow uploads are all that a reporter needs
    Credentials of a pipeline often allow s3:PutObject alone. S3 then answers everything else with 403, which says
    nothing about uploads.
    Often wrong: the reporter looks for the bucket or its region first, or for the object afterwards, and gives up.

    @CFG-46 @core @path:default-profile
    Scenario: The credentials allow uploads alone
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the reporter's credentials allow uploads alone
      When ASH Core runs the reporter
      Then the reporter is ready
      And the reporter returns the S3 URL of the object

  Rule: What holds for one configuration holds for every other
    The results, the region, the bucket, the profile, the format, the prefix, and what S3 answers are independent of
    each other. Values of each two meet in some example.
    Often wrong: one branch lacks what another does; for YAML, after a retry, or with a profile, there is no copy;
    a retry takes the region or the profile from elsewhere; only the first failure that was thought of is logged.

    @<id> @interpretation:15 @core @path:<path>
    Scenario Outline: <format> uploaded, region by <region by>, bucket by <bucket by>, profile <profile>
      Given <results>
      And an AWS profile "ci" with a session token
      And <region by> sets the region "eu-west-1"
      And <bucket by> sets the bucket "reports"
      And the option aws_profile is <aws_profile>
      And the option file_format is "<format>"
      And the option key_prefix is <key_prefix>
      And the option base_delay is 0.02 if the reporter declares retry-options, else its own delays apply
      And S3 <answer>
      When ASH Core runs the reporter
      Then the reporter returns the S3 URL of the object
      And the upload goes to the bucket "reports"
      And every attempt is the same request
      And the upload is signed for the region "eu-west-1"
      And the upload is signed with the credentials of the profile "<profile>"
      And the object contains the scan results
      And the object has the format, and the content type, that its key ends with
      And the timestamp in the object's key is the start of the scan
      And the reports folder contains a copy of the object

      Examples:
        | id     | results                                   | region by  | bucket by          | aws_profile | profile | format | key_prefix | answer                      | path                                    |
        | CFG-51 | the results of a real scan                | aws_region | bucket_name        | "ci"        | ci      | yaml   | empty      | throttles the first attempt | all-configured                          |
        | CFG-52 | the results of a real scan                | aws_region | bucket_name        | not set     | default | json   | "a b"      | takes every attempt         | default-profile                         |
        | CFG-53 | a scan without findings                   | aws_region | ASH_S3_BUCKET_NAME | "audit"     | audit   | yaml   | "a b"      | takes every attempt         | bucket-from-environment                 |
        | CFG-54 | scan results that contain 20,000 findings | aws_region | ASH_S3_BUCKET_NAME | not set     | default | json   | empty      | throttles the first attempt | bucket-from-environment-default-profile |
        | CFG-55 | the results of a real scan                | AWS_REGION | bucket_name        | "ci"        | ci      | json   | empty      | takes every attempt         | region-from-environment                 |
        | CFG-56 | the results of a real scan                | AWS_REGION | bucket_name        | not set     | default | yaml   | "a b"      | throttles the first attempt | region-from-environment-default-profile |
        | CFG-57 | a scan without findings                   | AWS_REGION | ASH_S3_BUCKET_NAME | "audit"     | audit   | json   | "a b"      | throttles the first attempt | both-from-environment                   |
        | CFG-58 | the results of a real scan                | AWS_REGION | ASH_S3_BUCKET_NAME | not set     | default | yaml   | empty      | takes every attempt         | both-from-environment-default-profile   |

    @<id> @interpretation:5 @core @path:<path>
    Scenario Outline: <format> not uploaded, <cause>, profile <profile>
      Given <results>
      And an AWS profile "ci" with a session token
      And <region by> sets the region "eu-west-1"
      And <bucket by> sets the bucket "reports"
      And the option aws_profile is <aws_profile>
      And the option file_format is "<format>"
      And the option key_prefix is <key_prefix>
      And the option base_delay is 0.02 if the reporter declares retry-options, else its own delays apply
      And S3 answers every attempt with the error <cause>
      When ASH Core runs the reporter
      Then the error message names the cause <cause>
      And the log names the cause <cause>
      And every attempt is the same request
      And the upload is signed for the region "eu-west-1"
      And the upload is signed with the credentials of the profile "<profile>"
      And the reports folder contains a copy of what the reporter tried to upload
      And the bucket contains no object

      Examples:
        | id     | results                                   | cause         | format | aws_profile | profile | region by  | bucket by          | key_prefix | path                                    |
        | CFG-61 | the results of a real scan                | AccessDenied  | yaml   | "ci"        | ci      | aws_region | bucket_name        | empty      | all-configured                          |
        | CFG-62 | a scan without findings                   | AccessDenied  | json   | "audit"     | audit   | AWS_REGION | ASH_S3_BUCKET_NAME | "100% a"   | both-from-environment                   |
        | CFG-63 | a scan without findings                   | NoSuchBucket  | yaml   | "audit"     | audit   | AWS_REGION | bucket_name        | "100% a"   | region-from-environment                 |
        | CFG-64 | the results of a real scan                | NoSuchBucket  | json   | not set     | default | aws_region | ASH_S3_BUCKET_NAME | empty      | bucket-from-environment-default-profile |
        | CFG-65 | the results of a real scan                | InternalError | yaml   | not set     | default | AWS_REGION | ASH_S3_BUCKET_NAME | empty      | both-from-environment-default-profile   |
        | CFG-66 | scan results that contain 20,000 findings | InternalError | json   | "ci"        | ci      | aws_region | bucket_name        | "100% a"   | all-configured                          |
        | CFG-67 | the results of a real scan                | InternalError | yaml   | "audit"     | audit   | aws_region | ASH_S3_BUCKET_NAME | empty      | bucket-from-environment                 |
