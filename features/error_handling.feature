Feature: Error handling
  How the reporter responds to each answer from S3: go on, retry with growing waits, or give up and say why.

  An attempt is a PutObject or CreateMultipartUpload request; others are allowed at any time. max_retries is the option,
  or else the default that the manifest states. If a retry meets another error, no diagram says what follows.

  Background:
    Given a configured reporter

  @ERR-01 @core @node:process_response @interpretation:1
  Rule: A successful upload is not repeated
    Often wrong: the reporter uploads the object a second time to be sure.

    @every-run
    Scenario: After a success
      When S3 answers an attempt with success
      Then no attempt follows success

  @ERR-02 @core @node:backoff @interpretation:2
  Rule: A throttled upload is retried until it succeeds or no retries are left
    S3 throttles with SlowDown or ServiceUnavailable.
    Often wrong: the reporter never retries; it counts attempts, not retries; it gives up when the code changes.

    @every-run
    Scenario: S3 throttles an attempt
      When S3 answers an attempt with SlowDown or ServiceUnavailable
      Then another attempt follows SlowDown or ServiceUnavailable, unless no retries are left

    Scenario: Throttled once, then successful
      Given the output folder is empty
      And S3 answers the first attempt with SlowDown
      When ASH Core runs the reporter

    Scenario: Throttled until the last retry but one, which succeeds
      Given S3 answers the first max_retries - 1 attempts with SlowDown
      When ASH Core runs the reporter

  @ERR-03 @core @node:max_reached @interpretation:1
  Rule: There are no more retries than max_retries
    Often wrong: the reporter counts attempts instead of retries, and makes one too many; it never stops.

    @every-run
    Scenario: Attempts
      When the upload is stored or refused
      Then S3 sees no more attempts than max_retries allows

    Scenario: Throttled on every attempt
      Given S3 answers every attempt with ServiceUnavailable
      When ASH Core runs the reporter

  @ERR-04 @recommended @node:error_type @interpretation:2
  Rule: Throttling is recognized under each of its names
    The names are Throttling, ThrottlingException, TooManyRequests, and RequestLimitExceeded.
    Recommended because proxies in front of S3, and other implementations of it, use the names of other AWS services.
    Often wrong: the reporter knows only SlowDown.

    @every-run
    Scenario: S3 throttles an attempt under another name
      When S3 answers the first attempt with another name of throttling
      Then S3 sees at least 2 attempts

    @unusual
    Scenario: Throttled on every attempt, each time under another name
      Given S3 answers every attempt with throttling under one name after the other
      And base_delay is 0.2 s if the reporter has this option
      When ASH Core runs the reporter until its waits can be measured

  @ERR-05 @core @node:error_type @interpretation:4 @after:CFG-05
  Rule: Other errors are not retried
    Failures of S3 itself, such as InternalError, and broken connections may be retried.
    Often wrong: the reporter retries every exception of the SDK, or everything but a list of codes.

    @every-run @node:check_permissions
    Scenario: S3 denies access
      When S3 answers the first attempt with access denied
      Then no attempt follows access denied

    @every-run @node:check_bucket
    Scenario: The bucket is missing
      When S3 answers the first attempt with no such bucket
      Then no attempt follows no such bucket

    @every-run @node:log_error
    Scenario: Any other error
      When S3 answers the first attempt with another error
      Then no attempt follows another error

    @unusual
    Scenario: A bucket that does not exist
      Given the bucket is missing
      And the option key_prefix is not set
      And the option file_format is "yaml"
      When ASH Core runs the reporter until its waits can be measured

  @ERR-06 @core @node:retry @interpretation:1 @after:CFG-06 @after:CFG-04 @after:CFG-05
  Rule: Every attempt is the same request
    Often wrong: the first attempt reads the stream to its end, and the next uploads nothing; a header or the key is
    set for the first attempt only, or anew for each; a new client for the retry has another profile or region.

    @every-run
    Scenario: Several attempts
      When the number of retries is one or several
      Then every attempt is the same request

  @ERR-07 @core @node:backoff @interpretation:3
  Rule: The waits between attempts grow exponentially
    With fewer than three retries, or random waits, there must at least be a measurable wait.
    Often wrong: every wait is as long as the first, or longer by a constant, or there is no wait.

    @every-run
    Scenario: Waits that can be told
      When the backoff is measured
      And S3 answers the first attempt with SlowDown or ServiceUnavailable
      Then the waits between the attempts grow

    Scenario Outline: Exponential backoff of a <format> report after <code>
      Given S3 answers <attempts> with <code>
      And the option file_format is "<format>"
      And base_delay is 0.2 s if the reporter has this option
      When ASH Core runs the reporter until its waits can be measured

      Examples:
        | format | attempts                       | code               |
        | json   | every attempt                  | SlowDown           |
        | yaml   | the first max_retries attempts | ServiceUnavailable |

  @ERR-08 @recommended @node:error_status @interpretation:3 @after:ARC-01 @after:ERR-05
  Rule: A reporter that gives up ends without another wait
    Recommended because users wait for an error that was clear at once; the diagram has no wait there.
    Often wrong: the reporter waits once more after the last attempt, or before it gives up.

    @every-run
    Scenario: After the last attempt
      When the upload is stored or refused
      And the backoff is measured
      Then the reporter ends without another wait

    Scenario: Access denied, and a long base_delay where it can be chosen
      Given S3 answers every attempt with AccessDenied
      And base_delay is 20 s if the reporter has this option
      When ASH Core runs the reporter until its waits can be measured

  @ERR-09 @core @node:log_permission @interpretation:4 @after:SEQ-03 @after:SEQ-04
  Rule: Access denied is logged as a permission error
    Often wrong: the failure is logged at debug level, where nobody looks, or as a failure of the connection.

    @every-run
    Scenario: S3 denies access
      When the error is access denied
      And the output folder is other than blocked
      Then the log names the cause

  @ERR-10 @core @node:log_error @interpretation:4 @after:SEQ-03 @after:SEQ-04
  Rule: The details of any other error are logged
    A warning, an error, or a line of output counts. Often wrong: it is logged at debug level, or not at all.

    @every-run
    Scenario: S3 answers with another error
      When the error is another error
      Then a failure is logged

    @unusual
    Scenario Outline: S3 answers with the rare error <code>
      Given S3 answers every attempt with <code>
      And the option file_format is "<format>"
      When ASH Core runs the reporter

      Examples:
        | code                       | format |
        | NotImplemented             | json   |
        | EntityTooLarge             | json   |
        | InvalidAccessKeyId         | yaml   |
        | SignatureDoesNotMatch      | json   |
        | RequestTimeTooSkewed       | yaml   |
        | InvalidToken               | yaml   |
        | AccountProblem             | json   |
        | ConditionalRequestConflict | yaml   |

  @ERR-11 @recommended @node:error_status @interpretation:4 @after:SEQ-01 @after:SEQ-03 @after:SEQ-04
  Rule: Every failure is logged
    Recommended because ASH Core shows the message once, and the log remains; the diagram logs in two branches only.
    Often wrong: the reporter logs only some failures, and not that a copy cannot be written.

    @every-run
    Scenario: S3 does not take the report
      When the reporter is ready
      And the return value is other than nothing
      And the upload is refused or not sent
      And the error is other than access denied or another error
      Then a failure is logged

    @every-run
    Scenario: The copy cannot be written
      When the output folder is blocked
      And the return value is a URL
      And the copy is missing
      Then a failure is logged

    @unusual
    Scenario: A local copy that cannot be written
      Given a file takes the place of the reports folder
      When ASH Core runs the reporter

  @ERR-12 @recommended @node:error_message @interpretation:4
  @after:ARC-01 @after:SEQ-03 @after:SEQ-04 @after:ERR-05 @after:ERR-09
  Rule: The message and the log name the cause, and no other
    S3's error code, its message, or a synonym names the cause. Causes of earlier attempts may be named, too.
    Recommended because the diagram specifies no wording.
    Often wrong: the message says only that something failed, or names the wrong cause, or every cause at once.

    @every-run
    Scenario: The message
      When S3 says what is wrong
      And the return value is a message
      And the output folder is other than blocked
      Then the message names the cause

    @every-run
    Scenario: The log
      When S3 says what is wrong
      And the log is not silent
      And the error is other than access denied
      And the output folder is other than blocked
      Then the log names the cause

    @every-run
    Scenario: A cause that S3 did not name
      When the configuration is complete
      And the caller is ASH Core or another program
      Then no cause is named that S3 did not name

    @unusual
    Scenario Outline: Throttled <when>, then <what>
      Given S3 answers <attempts> with SlowDown, and the next ones with <answer>
      When ASH Core runs the reporter

      Examples:
        | when              | attempts                           | what       | answer              |
        | once              | the first attempt                  | refused    | InvalidRequest      |
        | nearly to the end | the first max_retries - 1 attempts | broken off | a broken connection |
        | to the end        | the first max_retries attempts     | denied     | AccessDenied        |

    @unusual
    Scenario: A session token that has expired
      Given an AWS profile "default" with expired credentials
      When ASH Core runs the reporter

  @ERR-13 @recommended @node:process_response @interpretation:4 @after:LOC-01 @after:CFG-08
  Rule: No error is logged if there was none
    Recommended because false alarms teach people to ignore the log.
    Often wrong: the reporter logs an error of an earlier attempt, or one that it handled.

    @every-run
    Scenario: A report that S3 took
      When the upload is stored
      And the caller is ASH Core or another program
      And the output folder is other than blocked
      Then no error is logged
