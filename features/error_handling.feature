Feature: Error handling
  How the reporter responds to each answer from S3: go on, retry with growing waits, or give up and say why.

  An attempt is a PutObject request. Other requests are allowed at any time, since a reporter may use them to
  check permissions or the bucket. max_retries is the option of that name or, where it is not set, the
  default that the reporter's manifest states. A reporter makes at most max_retries + 1 attempts.

  Background:
    Given a configured reporter

  @interpretation:1
  Rule: A successful upload is not repeated
    Often wrong: the reporter uploads the object a second time to be sure, or deletes it again; it logs an error
    although there is none.

    @ERR-01 @core @path:success
    Scenario: Success on the first attempt
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns the S3 URL of the object
      And no error is logged

  @interpretation:1
  Rule: A throttled upload is retried until it succeeds or no retries are left
    Often wrong: the reporter counts attempts instead of retries and makes one too few or one too many; it waits
    once more after the last failure; it never retries, or never stops.

    @ERR-02 @core @path:first-retry-succeeds
    Scenario: Throttled once, then successful
      Given S3 throttles the first attempt
      When ASH Core runs the reporter
      Then S3 sees 2 attempts
      And the reporter returns the S3 URL of the object

    @ERR-03 @core @path:second-retry-succeeds
    Scenario: Throttled until the last retry but one, which succeeds
      Given S3 throttles the first max_retries - 1 attempts
      When ASH Core runs the reporter
      Then S3 sees max_retries attempts
      And the reporter returns the S3 URL of the object

    @ERR-04 @core @path:third-retry-succeeds
    Scenario: Throttled until the last retry, which succeeds
      Given S3 throttles the first max_retries attempts
      When ASH Core runs the reporter
      Then S3 sees max_retries + 1 attempts
      And the reporter returns the S3 URL of the object

    @ERR-05 @core @path:retries-exhausted
    Scenario: Throttled on every attempt
      Given S3 throttles every attempt
      When ASH Core runs the reporter
      Then S3 sees max_retries + 1 attempts
      And the reporter returns an error message
      And the bucket contains no object

    @ERR-24 @core @path:retries-exhausted
    Scenario: No wait after the last attempt
      Given S3 throttles every attempt
      And the option base_delay is 0.2 if the reporter declares retry-options, else its own delays apply
      When ASH Core runs the reporter
      Then the reporter gives up without another wait

  @interpretation:2
  Rule: Throttling is recognized under each of its names
    Often wrong: the reporter knows only SlowDown, or only the names that other AWS services use.

    @ERR-06 @core @path:first-retry-succeeds
    Scenario Outline: An error code that means throttling
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

    @ERR-30 @core @path:retries-exhausted
    Scenario: Throttled on every attempt, each time under another name
      Given S3 throttles every attempt, each time under another name
      When ASH Core runs the reporter
      Then S3 sees max_retries + 1 attempts
      And the error message names the cause SlowDown

  @interpretation:1
  Rule: Every attempt is the same request
    Often wrong: the first attempt reads the stream to its end, so that the next one uploads nothing; the content
    type, the metadata, or the key is set for the first attempt only, or anew for each one; a new client for the
    retry has another profile or region, or signs without the session token.

    @ERR-28 @core @path:third-retry-succeeds
    Scenario Outline: The last retry is the same request as the first attempt
      Given an AWS profile "audit"
      And the option aws_profile is "audit"
      And the option file_format is "<file_format>"
      And S3 throttles the first max_retries attempts
      When ASH Core runs the reporter
      Then every attempt is the same request

      Examples:
        | file_format |
        | json        |
        | yaml        |

    @ERR-32 @interpretation:14 @core @path:third-retry-succeeds
    Scenario: Every retry carries the session token of temporary credentials
      Given an AWS profile "default" with a session token
      And S3 throttles the first max_retries attempts
      When ASH Core runs the reporter
      Then every request carries the session token of its credentials

  @interpretation:3
  Rule: The waits between attempts grow
    If there are fewer than three retries, or if the waits are random, some wait must be seen.
    Often wrong: every wait is as long as the first, or longer by the same amount, or there is no wait.

    @ERR-07 @core @path:retries-exhausted
    Scenario: Exponential backoff
      Given S3 throttles every attempt, each time under another name
      And the option base_delay is 0.2 if the reporter declares retry-options, else its own delays apply
      When ASH Core runs the reporter
      Then the waits between the attempts grow

  @interpretation:4
  Rule: Other errors are not retried
    Often wrong: the reporter retries every exception of the SDK, or waits before it gives up, so that users wait
    a long time for an error that was clear at once.

    @ERR-08 @interpretation:3 @core @path:access-denied
    Scenario: Access denied is not retried
      Given S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns an error message
      And the reporter ends without a wait after its last attempt

    @ERR-09 @core @path:no-such-bucket
    Scenario: A missing bucket is not retried
      Given S3 answers every attempt with the error NoSuchBucket
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the reporter returns an error message

    @ERR-10 @core @path:other-error
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

  @interpretation:5 @interpretation:6
  Rule: An upload that fails for good ends, and is not lost
    The reporter may retry these errors, but not forever.
    Often wrong: the reporter retries without end; it writes the local copy, or the log, only if S3 gave an answer;
    the SDK's exception for a broken connection is another class than the one that the reporter catches.

    @ERR-31 @core @path:other-error
    Scenario: The connection breaks at every attempt
      Given the connection breaks at every attempt
      When ASH Core runs the reporter
      Then the error message says that S3 cannot be reached
      And the log says that S3 cannot be reached
      And the reports folder contains a copy of what the reporter tried to upload

    @ERR-26 @core @path:other-error
    Scenario: S3 fails on every attempt
      Given S3 answers every attempt with the error InternalError
      When ASH Core runs the reporter
      Then the error message names the cause InternalError
      And the log names the cause InternalError
      And the reports folder contains a copy of what the reporter tried to upload
      And the bucket contains no object

    @ERR-33 @core @path:other-error
    Scenario Outline: The bucket is in another region
      S3 redirects, without saying where to. Some SDKs ask, and try again.
      Often wrong: the reporter takes every status below 400 for success.
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the reporter returns an error message
      And a warning or an error is logged
      And the reports folder contains a copy of what the reporter tried to upload
      And the bucket contains no object

      Examples:
        | code              |
        | PermanentRedirect |
        | TemporaryRedirect |

    @ERR-34 @core @path:other-error
    Scenario Outline: What answers is not S3
      Often wrong: the reporter expects XML in every error, and its parser's exception leaves it.
      Given a proxy answers every attempt with <answer>
      When ASH Core runs the reporter
      Then the reporter returns an error message
      And a warning or an error is logged
      And the reports folder contains a copy of what the reporter tried to upload

      Examples:
        | answer                    |
        | a page of HTML            |
        | an empty body             |
        | something other than HTTP |
        | half of an XML document   |
        | text that is not UTF-8    |

    @ERR-27 @core @path:other-error
    Scenario: Nothing answers at the endpoint
      Given nothing answers at the endpoint
      When ASH Core runs the reporter
      Then the reporter is not ready, or its error message says that S3 cannot be reached
      And the reporter is not ready, or the reports folder contains a copy
      And a warning or an error is logged

  @interpretation:4
  Rule: The error message names the cause
    Often wrong: the message says only that something failed, or names the wrong cause, or every cause at once.

    @ERR-11 @core @path:retries-exhausted
    Scenario: The message after throttling on every attempt
      Given S3 throttles every attempt
      When ASH Core runs the reporter
      Then the error message names the cause SlowDown

    @ERR-12 @core @path:access-denied
    Scenario: The message when access is denied
      Given S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then the error message names the cause AccessDenied

    @ERR-13 @core @path:no-such-bucket
    Scenario: The message when the bucket is missing
      Given S3 answers every attempt with the error NoSuchBucket
      When ASH Core runs the reporter
      Then the error message names the cause NoSuchBucket

    @ERR-14 @core @path:other-error
    Scenario Outline: The message after any other error
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the error message names the cause <code>

      Examples:
        | code             |
        | InvalidRequest   |
        | EntityTooLarge   |
        | MethodNotAllowed |

    @ERR-35 @core @path:other-error
    Scenario Outline: Throttled once, then refused
      Given S3 throttles the first attempt and answers the next ones with the error <code>
      When ASH Core runs the reporter
      Then the error message names the cause <code>
      And the log names the cause <code>
      And the reports folder contains a copy of what the reporter tried to upload
      And the bucket contains no object

      Examples:
        | code         |
        | AccessDenied |
        | NoSuchBucket |

    @ERR-29 @core @path:other-error
    Scenario Outline: Wrong credentials are not called a lack of permission
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the error message names the cause <code>
      And the log names the cause <code>

      Examples:
        | code                  |
        | InvalidAccessKeyId    |
        | SignatureDoesNotMatch |
        | ExpiredToken          |
        | InvalidToken          |

  @interpretation:4
  Rule: The failure is logged
    Often wrong: the failure is logged at debug level, where nobody looks, or not at all.

    @ERR-15 @core @path:retries-exhausted
    Scenario: The log after throttling on every attempt
      Given S3 throttles every attempt
      When ASH Core runs the reporter
      Then the log names the cause SlowDown

    @ERR-16 @core @path:access-denied
    Scenario: Access denied is logged as a permission error
      Given S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then the log names the cause AccessDenied

    @ERR-17 @core @path:no-such-bucket
    Scenario: The log when the bucket is missing
      Given S3 answers every attempt with the error NoSuchBucket
      When ASH Core runs the reporter
      Then the log names the cause NoSuchBucket

    @ERR-18 @core @path:other-error
    Scenario Outline: The log after any other error
      Given S3 answers every attempt with the error <code>
      When ASH Core runs the reporter
      Then the log names the cause <code>

      Examples:
        | code             |
        | InvalidRequest   |
        | EntityTooLarge   |
        | MethodNotAllowed |

  @interpretation:4
  Rule: A real error of S3 is handled like a simulated one
    Often wrong: the reporter does not look for the error code where a real response has it.

    @ERR-19 @core @path:access-denied
    Scenario: Credentials that do not allow uploads
      Given the reporter's credentials do not allow uploads
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the error message names the cause AccessDenied
      And the log names the cause AccessDenied
      And the bucket contains no object

    @ERR-20 @core @path:no-such-bucket
    Scenario: A bucket that is deleted before the upload
      Given the bucket is deleted just before the upload
      When ASH Core runs the reporter
      Then S3 sees 1 attempt
      And the error message names the cause NoSuchBucket
      And the log names the cause NoSuchBucket

    @ERR-25 @interpretation:14 @core @path:other-error
    Scenario: A session token that has expired
      Whoever asks for the bucket first may not learn the cause: an answer to HeadBucket has no error code.
      Given the session token has expired
      When ASH Core runs the reporter
      Then the reporter is not ready, or its error message names no cause other than ExpiredToken
      And a warning or an error is logged
      And the bucket contains no object

  @interpretation:15
  Rule: An error changes nothing in S3
    Often wrong: the reporter creates a missing bucket or gives itself permissions.

    @ERR-61 @core @path:no-such-bucket
    Scenario: A missing bucket is not created
      Given the bucket does not exist
      When ASH Core runs the reporter
      Then the reporter is not ready, or returns an error message
      And nothing but the object was changed in S3

  @interpretation:5
  Rule: An error is returned, not raised
    Often wrong: the reporter catches errors of the upload only, not those that come before or after it, such as
    a missing profile or an unwritable local copy; it returns a message, but logs nothing.

    @ERR-21 @core @path:other-error
    Scenario: A profile that does not exist
      Given the option aws_profile is "no-such-profile"
      When ASH Core runs the reporter
      Then the reporter is not ready, or returns an error message
      And a warning or an error is logged, unless the reporter is not ready

    @ERR-22 @core @path:other-error
    Scenario: No credentials
      Given there are no AWS credentials
      When ASH Core runs the reporter
      Then the reporter is not ready, or returns an error message
      And a warning or an error is logged, unless the reporter is not ready

    @ERR-36 @core @path:access-denied
    Scenario: Neither the upload nor the local copy works
      Given a file takes the place of the reports folder
      And S3 answers every attempt with the error AccessDenied
      When ASH Core runs the reporter
      Then the reporter is not ready, or returns an error message
      And a warning or an error is logged, unless the reporter is not ready

    @ERR-23 @interpretation:15 @core @path:success
    Scenario: A local copy that cannot be written
      Given a file takes the place of the reports folder
      When ASH Core runs the reporter
      Then the reporter is not ready, or returns text
      And the failure is logged, unless the reporter is not ready or returns an error message
      And nothing but the object was changed in S3
      And nothing but the copy was changed on disk
