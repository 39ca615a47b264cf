Feature: Configuration
  Where the reporter gets its region, bucket, and profile, and when it is disabled. Signatures show region and profile.

  Background:
    Given a configured reporter
    And the option aws_region is not set
    And the option bucket_name is not set
    And an AWS profile "audit" with permanent credentials

  @CFG-01 @core @node:valid @interpretation:8
  Rule: With a region and a bucket, the reporter is ready
    Each comes from its option or from the environment.
    Often wrong: a variable's name is misspelled; the reporter asks for a profile, a prefix, or a format as well; it
    checks the region against a list or a pattern that does not cover every partition of AWS.

    @every-run
    Scenario: A region and a bucket
      When the configuration is complete
      And an upload can be made
      And the output folder is other than blocked
      Then the reporter is ready

    Scenario Outline: Region by <region by>, bucket by <bucket by>, profile <profile>
      Given <region by> is "ap-southeast-2"
      And <bucket by> is the bucket "reports"
      And the option aws_profile is <profile>
      And the option key_prefix is not set
      When ASH Core runs the reporter

      Examples:
        | region by                           | bucket by                                   | profile |
        | the option aws_region               | the option bucket_name                      | "audit" |
        | the option aws_region               | the option bucket_name                      | not set |
        | the option aws_region               | the environment variable ASH_S3_BUCKET_NAME | "audit" |
        | the option aws_region               | the environment variable ASH_S3_BUCKET_NAME | not set |
        | the environment variable AWS_REGION | the option bucket_name                      | "audit" |
        | the environment variable AWS_REGION | the option bucket_name                      | not set |
        | the environment variable AWS_REGION | the environment variable ASH_S3_BUCKET_NAME | "audit" |
        | the environment variable AWS_REGION | the environment variable ASH_S3_BUCKET_NAME | not set |

    @unusual
    Scenario: A region of another partition
      Given the option aws_region is "cn-north-1"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter

    @unusual
    Scenario: A bucket with a long name that has dots, in the newest partition
      Given a bucket "3rd.reports.of-all-the-projects.in-a-long-name.example"
      And the option aws_region is "eusc-de-east-1"
      And the option bucket_name is the bucket "3rd.reports.of-all-the-projects.in-a-long-name.example"
      When ASH Core runs the reporter

  @CFG-02 @core @node:invalid @interpretation:9
  Rule: Without a region or without a bucket, the reporter is not ready
    Often wrong: the reporter falls back to a region of its own, or says that it is ready and fails later.

    @every-run
    Scenario: No region, or no bucket
      When the configuration is incomplete
      Then the reporter is not ready

    Scenario: No region
      Given the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter

    Scenario: Region by option, no bucket
      Given the option aws_region is "eu-west-1"
      When ASH Core runs the reporter

    Scenario: Region by environment, no bucket
      Given the environment variable AWS_REGION is "ap-southeast-2"
      When ASH Core runs the reporter

    @unusual
    Scenario: No region but that of a profile
      Given the AWS profile "audit" sets the region "eu-west-1"
      And the option aws_profile is "audit"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter

  @CFG-03 @core @node:disabled @interpretation:9
  Rule: A disabled reporter uploads nothing
    Often wrong: the reporter tries an upload to find out whether it can.

    @every-run
    Scenario: A reporter that is not ready
      When the reporter is not ready
      And the caller is ASH Core
      Then no upload is sent

    Scenario: Neither region nor bucket
      When ASH Core runs the reporter

  @CFG-04 @core @node:region_set @interpretation:8
  Rule: The upload is signed for the configured region
    An option takes precedence over AWS_REGION, and AWS_REGION over everything else.
    Often wrong: the reporter leaves the decision to the SDK, which looks at the environment or the profile first.

    @every-run
    Scenario: A region
      When the upload is stored or refused
      And the configuration is complete
      Then the upload is signed for the configured region

    @unusual
    Scenario: AWS_REGION takes precedence over AWS_DEFAULT_REGION and a profile
      Given the environment variable AWS_REGION is "mx-central-1"
      And the environment variable AWS_DEFAULT_REGION is "sa-east-1"
      And the AWS profile "audit" sets the region "us-west-2", with its keys in the same file
      And the option aws_profile is "audit"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter

  @CFG-05 @core @node:bucket_set @interpretation:8 @after:ARC-01
  Rule: The upload goes to the configured bucket
    An option takes precedence over ASH_S3_BUCKET_NAME. Often wrong: the environment wins.

    @every-run
    Scenario: A bucket
      When the upload is stored or refused
      And the configuration is complete
      Then the upload goes to the configured bucket

    Scenario: Options take precedence over the environment
      Given a bucket "elsewhere"
      And the option aws_region is "us-east-1"
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is the bucket "reports"
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "elsewhere"
      When ASH Core runs the reporter

  @CFG-06 @core @node:configured_profile @interpretation:8
  Rule: The upload is signed with the credentials of the configured profile
    Often wrong: the reporter uses the configured profile to read but not to upload; it leaves the decision to the
    SDK, which takes the credentials that a pipeline puts into the environment; it treats the name default as no name.

    @every-run
    Scenario: A configured profile
      When the upload is stored or refused
      And the aws_profile is set or unknown
      Then the upload is signed with the right credentials

    @every-run @node:default_profile
    Scenario: No profile
      When the upload is stored or refused
      And the aws_profile is not set
      Then the upload is signed with the right credentials

    Scenario: The option aws_profile takes precedence over AWS_PROFILE, even if it names the default
      Given an AWS profile "build" with permanent credentials
      And the option aws_region is "il-central-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "default"
      And the environment variable AWS_PROFILE is "build"
      When ASH Core runs the reporter

    Scenario: The option aws_profile takes precedence over credentials in the environment
      Given the environment contains temporary credentials
      And the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "audit"
      When ASH Core runs the reporter

  @CFG-07 @recommended @node:region_set @interpretation:8 @after:CFG-01 @after:CFG-02 @after:SEQ-01 @after:SEQ-03
  Rule: An empty value counts as not set
    Recommended because in a shell, a variable is often cleared by setting it to an empty text.
    Often wrong: the reporter only checks whether the option is there, and uses the empty value as a region.

    @every-run
    Scenario: An empty region, bucket, or profile beside a usable one
      When the configuration is complete, with something empty
      And an upload can be made
      Then an upload is sent
      And the upload is signed for the configured region
      And the upload goes to the configured bucket
      And the upload is signed with the right credentials

    @every-run
    Scenario: An empty region or bucket, and no other
      When the configuration is incomplete, with something empty
      Then the reporter is not ready

    @unusual
    Scenario Outline: An empty text for <setting>
      Given the environment variable AWS_REGION is "ap-southeast-2"
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"
      And <setting> is empty
      When ASH Core runs the reporter

      Examples:
        | setting                                     |
        | the option aws_region                       |
        | the option bucket_name                      |
        | the option aws_profile                      |
        | the environment variable AWS_REGION         |
        | the environment variable ASH_S3_BUCKET_NAME |

  @CFG-08 @recommended @node:ready @interpretation:4 @after:ARC-01 @after:ARC-04 @after:SEQ-01 @after:SEQ-03
  Rule: Credentials that allow uploads are enough
    The check is any request before the upload. S3 answers it with AccessDenied, which says nothing about uploads.
    Recommended because credentials of a pipeline often allow s3:PutObject alone.
    Often wrong: the reporter looks for the bucket or its region first, and gives up; it sends tags or an ACL.

    @every-run
    Scenario: S3 denies every request but uploads
      When the check is AccessDenied
      And S3 can be asked
      Then the reporter is ready
      And an upload is sent
      And the upload needs no permission but s3:PutObject

    @unusual
    Scenario: Credentials that allow uploads alone
      Given the option aws_region is "us-gov-west-1"
      And the option bucket_name is the bucket "reports"
      And S3 answers every request but uploads with AccessDenied
      And S3 answers the first attempt with SlowDown
      When ASH Core runs the reporter
