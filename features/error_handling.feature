Feature: Error handling
  What the reporter does with each answer of S3: go on, retry with growing waits, or give up and say why.

  Attempts are PutObject requests; other requests are allowed at any time, for that is how a reporter
  may check. A reporter that retries up to max_retries times makes at most one attempt more than that.
  How often that is, it is told by the option, or states in its manifest.

  Background:
    Given a configured reporter

  @interpretation:1
  Rule: An upload that succeeds is made once
    Often wrong: the object is put a second time to be sure, or deleted again.

    @ERR-01 @core @path:call_successful=yes
    Scenario: Success at once
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns the S3 URL of the object

  @interpretation:1
  Rule: A throttled upload is retried until it succeeds or the retries are used up
    Often wrong: retries and attempts are confused, so that there is one too few or one too many; the
    last failure is followed by a wait and then by nothing; there is no retry at all, or no end of them.

    @ERR-02 @core @path:call_successful=no,error_type=throttling,retry_successful=yes
    Scenario: Throttled once, then fine
      Given S3 throttles the first attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns the S3 URL of the object

    @ERR-03 @core @path:call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=yes
    Scenario: Throttled until one retry is left, then fine
      Given S3 throttles one attempt less than there are retries
      When ASH Core runs the reporter
      Then S3 sees as many attempts as there are retries
      And the reporter returns the S3 URL of the object

    @ERR-04 @core @path:call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=yes
    Scenario: Throttled until the last retry, which is fine
      Given S3 throttles as many attempts as there are retries
      When ASH Core runs the reporter
      Then S3 sees one attempt more than there are retries
      And the reporter returns the S3 URL of the object

    @ERR-05 @core @path:call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario: Throttled for ever
      Given S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees one attempt more than there are retries
      And the reporter returns an error message
      And no object lies in the bucket

    @ERR-24 @core @path:call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario: Giving up takes no further wait
      Given S3 throttles every attempt
      And the waits are long enough to be measured
      When ASH Core runs the reporter
      Then the reporter gives up without another wait

  @interpretation:2
  Rule: Whatever S3 calls it, throttling is throttling
    Often wrong: only SlowDown is known, or only the names that other AWS services use.

    @ERR-06 @core @path:call_successful=no,error_type=throttling,retry_successful=yes
    Scenario Outline: S3 says "slower" in one of its words
      Given S3 answers the first attempt with the error <code>
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns the S3 URL of the object

      Examples:
        | code                |
        | SlowDown            |
        | ServiceUnavailable  |
        | Throttling          |
        | ThrottlingException |
        | TooManyRequests     |
        | RequestLimitExceeded |

  @interpretation:3
  Rule: The waits between attempts grow
    Often wrong: every wait is as long as the first, or there is none.

    @ERR-07 @core @path:call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario: Exponential backoff
      Given S3 throttles every attempt
      And the waits are long enough to be measured
      When ASH Core runs the reporter
      Then the waits between the attempts grow

  @interpretation:4
  Rule: Other errors are not retried
    Often wrong: every exception of the SDK is retried, so that a user waits a long time for a message
    that was clear at once.

    @ERR-08 @core @path:call_successful=no,error_type=access_denied
    Scenario: Access denied is not retried
      Given S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns an error message

    @ERR-09 @core @path:call_successful=no,error_type=no_such_bucket
    Scenario: A missing bucket is not retried
      Given S3 answers every attempt with the error NoSuchBucket
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns an error message

    @ERR-10 @core @path:call_successful=no,error_type=other
    Scenario Outline: Any other error is not retried
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns an error message

      Examples:
        | code                  |
        | InvalidRequest        |
        | EntityTooLarge        |
        | MethodNotAllowed      |
        | InvalidAccessKeyId    |
        | SignatureDoesNotMatch |

  @interpretation:4
  Rule: The error message names the cause
    Often wrong: the message says only that something failed, or speaks of a cause that it was not.

    @ERR-11 @core @path:call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario: The message after being throttled for ever
      Given S3 throttles every attempt
      When ASH Core runs the reporter
      Then the error message names the cause SlowDown

    @ERR-12 @core @path:call_successful=no,error_type=access_denied
    Scenario: The message when access is denied
      Given S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then the error message names the cause AccessDenied

    @ERR-13 @core @path:call_successful=no,error_type=no_such_bucket
    Scenario: The message when the bucket is missing
      Given S3 answers every attempt with the error NoSuchBucket
      When ASH Core runs the reporter
      Then the error message names the cause NoSuchBucket

    @ERR-14 @core @path:call_successful=no,error_type=other
    Scenario Outline: The message of any other error
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the error message names the cause <code>

      Examples:
        | code             |
        | InvalidRequest   |
        | EntityTooLarge   |
        | MethodNotAllowed |

  @interpretation:4
  Rule: The failure is logged
    Often wrong: the failure is logged where nobody looks, at debug level, or not at all.

    @ERR-15 @core @path:call_successful=no,error_type=throttling,retry_successful=no,max_reached=no,retry_successful=no,max_reached=no,retry_successful=no,max_reached=yes
    Scenario: The log after being throttled for ever
      Given S3 throttles every attempt
      When ASH Core runs the reporter
      Then the log names the cause SlowDown

    @ERR-16 @core @path:call_successful=no,error_type=access_denied
    Scenario: Access denied is logged as a permission error
      Given S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then the log names the cause AccessDenied

    @ERR-17 @core @path:call_successful=no,error_type=no_such_bucket
    Scenario: The log when the bucket is missing
      Given S3 answers every attempt with the error NoSuchBucket
      When ASH Core runs the reporter
      Then the log names the cause NoSuchBucket

    @ERR-18 @core @path:call_successful=no,error_type=other
    Scenario Outline: The log of any other error
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the log names the cause <code>

      Examples:
        | code             |
        | InvalidRequest   |
        | EntityTooLarge   |
        | MethodNotAllowed |

  @interpretation:4
  Rule: It is the same when S3 means it
    Often wrong: the error's code is taken from somewhere else than where the real answer has it.

    @ERR-19 @core @path:call_successful=no,error_type=access_denied
    Scenario: Credentials that do not allow uploads
      Given the reporter's credentials do not allow uploads
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the error message names the cause AccessDenied
      And the log names the cause AccessDenied
      And no object lies in the bucket

    @ERR-20 @core @path:call_successful=no,error_type=no_such_bucket
    Scenario: A bucket that is gone by the time of the upload
      Given the bucket is deleted just before the upload
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the error message names the cause NoSuchBucket
      And the log names the cause NoSuchBucket

  @interpretation:5
  Rule: An error is returned, not raised
    Often wrong: what happens before or after the upload, such as looking up a profile or writing the
    local copy, stands outside of what catches errors.

    @ERR-21 @core @path:call_successful=no,error_type=other
    Scenario: A profile that does not exist
      Given the option aws_profile is "no-such-profile"
      When ASH Core runs the reporter
      Then the reporter is not ready, or returns an error message

    @ERR-22 @core @path:call_successful=no,error_type=other
    Scenario: No credentials
      Given there are no AWS credentials
      When ASH Core runs the reporter
      Then the reporter is not ready, or returns an error message

    @ERR-23 @core @path:call_successful=yes
    Scenario: A local copy that cannot be written
      Given a file stands where the folder reports should be
      When ASH Core runs the reporter
      Then the reporter returns text
