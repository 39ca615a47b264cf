Feature: Configuration
  Where the reporter takes its region, its bucket and its profile from, and when it is disabled.

  An option wins over the environment, and empty text counts as not set (interpretation 8). Which region and
  which profile were used is read off the signature of the upload; a disabled reporter says that it is
  not ready and never uploads anything (interpretation 9).

  Background:
    Given the results of a real scan
    And a bucket "reports"
    And a bucket "elsewhere"
    And an AWS profile "audit"
    And the option key_prefix is "scans"
    And the option file_format is "json"

  @interpretation:8
  Rule: With a region and a bucket, each from its option or from the environment, the reporter is ready
    Often wrong: the variable's name is misspelt, or read by the SDK under another name, such as
    AWS_DEFAULT_REGION; the profile that is configured is used to read but not to upload.

    @CFG-01 @core @path:region_set=yes,bucket_set=yes,profile_set=yes
    Scenario: Region by option, bucket by option, profile by option
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "audit"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-west-1"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "audit"

    @CFG-02 @core @path:region_set=yes,bucket_set=yes,profile_set=no
    Scenario: Region by option, bucket by option, default profile
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is not set
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-west-1"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "default"

    @CFG-03 @core @path:region_set=yes,bucket_set=no,bucket_in_environment=yes,profile_set=yes
    Scenario: Region by option, bucket by environment, profile by option
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"
      And the option aws_profile is "audit"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-west-1"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "audit"

    @CFG-04 @core @path:region_set=yes,bucket_set=no,bucket_in_environment=yes,profile_set=no
    Scenario: Region by option, bucket by environment, default profile
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"
      And the option aws_profile is not set
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-west-1"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "default"

    @CFG-05 @core @path:region_set=no,region_in_environment=yes,bucket_set=yes,profile_set=yes
    Scenario: Region by environment, bucket by option, profile by option
      Given the option aws_region is not set
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "audit"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "ap-southeast-2"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "audit"

    @CFG-06 @core @path:region_set=no,region_in_environment=yes,bucket_set=yes,profile_set=no
    Scenario: Region by environment, bucket by option, default profile
      Given the option aws_region is not set
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is not set
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "ap-southeast-2"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "default"

    @CFG-07 @core @path:region_set=no,region_in_environment=yes,bucket_set=no,bucket_in_environment=yes,profile_set=yes
    Scenario: Region and bucket by environment, profile by option
      Given the option aws_region is not set
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"
      And the option aws_profile is "audit"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "ap-southeast-2"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "audit"

    @CFG-08 @core @path:region_set=no,region_in_environment=yes,bucket_set=no,bucket_in_environment=yes,profile_set=no
    Scenario: Region and bucket by environment, default profile
      Given the option aws_region is not set
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"
      And the option aws_profile is not set
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "ap-southeast-2"
      And the upload goes to the bucket "reports"
      And the upload is signed with the credentials of the profile "default"

  @interpretation:9
  Rule: Without a region or without a bucket the reporter is disabled
    Often wrong: the reporter falls back to a region of its own, or says that it is ready and finds out
    later.

    @CFG-09 @core @path:region_set=no,region_in_environment=no
    Scenario: No region
      Given the option aws_region is not set
      And the environment variable AWS_REGION is not set
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @CFG-10 @core @path:region_set=yes,bucket_set=no,bucket_in_environment=no
    Scenario: Region by option, no bucket
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is not set
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @CFG-11 @core @path:region_set=no,region_in_environment=yes,bucket_set=no,bucket_in_environment=no
    Scenario: Region by environment, no bucket
      Given the option aws_region is not set
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is not set
      And the environment variable ASH_S3_BUCKET_NAME is not set
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

  @interpretation:8
  Rule: An option wins over the environment
    Often wrong: the SDK's own order is left to decide, in which the environment comes first.

    @CFG-12 @core @path:region_set=yes,bucket_set=yes,profile_set=no
    Scenario: The option aws_region wins over AWS_REGION
      Given the option aws_region is "eu-west-1"
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "eu-west-1"

    @CFG-13 @core @path:region_set=yes,bucket_set=yes,profile_set=no
    Scenario: The option bucket_name wins over ASH_S3_BUCKET_NAME
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "elsewhere"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload goes to the bucket "reports"

    @CFG-14 @core @path:region_set=yes,bucket_set=yes,profile_set=yes
    Scenario: The option aws_profile wins over AWS_PROFILE
      Given an AWS profile "build"
      And the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is "audit"
      And the environment variable AWS_PROFILE is "build"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed with the credentials of the profile "audit"

  @interpretation:8
  Rule: Empty text counts as not set
    Often wrong: the option is compared with nothing at all, so that empty text passes for a region.

    @CFG-15 @core @path:region_set=no,region_in_environment=yes,bucket_set=yes,profile_set=no
    Scenario: Empty aws_region: the region comes from AWS_REGION
      Given the option aws_region is empty
      And the environment variable AWS_REGION is "ap-southeast-2"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "ap-southeast-2"

    @CFG-16 @core @path:region_set=yes,bucket_set=no,bucket_in_environment=yes,profile_set=no
    Scenario: Empty bucket_name: the bucket comes from ASH_S3_BUCKET_NAME
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is empty
      And the environment variable ASH_S3_BUCKET_NAME is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload goes to the bucket "reports"

    @CFG-17 @core @path:region_set=yes,bucket_set=yes,profile_set=no
    Scenario: Empty aws_profile: the profile is the default one
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is the bucket "reports"
      And the option aws_profile is empty
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed with the credentials of the profile "default"

    @CFG-18 @core @path:region_set=no,region_in_environment=no
    Scenario: Empty aws_region and empty AWS_REGION: no region
      Given the option aws_region is empty
      And the environment variable AWS_REGION is empty
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

    @CFG-19 @core @path:region_set=yes,bucket_set=no,bucket_in_environment=no
    Scenario: Empty bucket_name and empty ASH_S3_BUCKET_NAME: no bucket
      Given the option aws_region is "eu-west-1"
      And the option bucket_name is empty
      And the environment variable ASH_S3_BUCKET_NAME is empty
      When ASH Core runs the reporter
      Then the reporter is not ready
      And no upload is attempted

  @interpretation:8
  Rule: Whatever the region is called, the upload is signed for it
    Often wrong: the region is matched against a list or a pattern that knows only some of them.

    @CFG-20 @core @path:region_set=yes,bucket_set=yes,profile_set=no
    Scenario Outline: A region of every partition
      Given the option aws_region is "<region>"
      And the option bucket_name is the bucket "reports"
      When ASH Core runs the reporter
      Then the reporter is ready
      And the upload is signed for the region "<region>"

      Examples:
        | region        |
        | us-east-1     |
        | eu-central-1  |
        | us-gov-west-1 |
        | cn-north-1    |
