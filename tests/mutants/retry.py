"""Wrong retries, and wrong waits before them (diagram: error handling)."""

import io
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from random import uniform
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.errors import ErrorType, error_type
from s3_reporter_conformance.reference.retry import Backoff

from .mutant import Change, Mutant, before, each, is_retry, is_yaml, sending, when, without

RETRIED = {ErrorType.THROTTLING, ErrorType.TRANSIENT}

Call = Callable[[], object]


def also(kind: ErrorType) -> Change:
    """Errors of a kind retried like throttling."""
    return lambda right, error: ErrorType.THROTTLING if right(error) is kind else right(error)


def unless(not_retried: Change) -> Change:
    """Some errors not retried."""
    return lambda right, error: ErrorType.OTHER if not_retried(error) else right(error)


def rare_throttling(error: Exception) -> bool:
    return error_type(error) is ErrorType.THROTTLING and "SlowDown" not in str(error)


def named(*codes: str) -> Change:
    return lambda error: any(code in str(error) for code in codes)


def first_retry_believed(right: Any, api_call: Call, backoff: Backoff) -> None:
    try:
        right(api_call, replace(backoff, max_retries=0))
    except Exception as error:
        if error_type(error) not in RETRIED or not backoff.max_retries:
            raise
        time.sleep(backoff.delay(0))
        with suppress(Exception):
            api_call()


def to_the_end(right: Any, api_call: Call, backoff: Backoff) -> None:
    """Go on to retry although a retry succeeded, and then give up."""
    try:
        right(api_call, replace(backoff, max_retries=0))
    except Exception as error:
        if error_type(error) not in RETRIED:
            raise
        for retry in range(backoff.max_retries):
            time.sleep(backoff.delay(retry))
            try:
                api_call()
            except Exception as again:  # noqa: BLE001
                error = again
        raise error from None


def counted_by_name(_right: Any, api_call: Call, backoff: Backoff) -> None:
    """Count the retries anew when S3 gives another name to throttling."""
    retries, name = 0, ""
    while True:
        try:
            api_call()
        except (ClientError, HTTPClientError) as error:
            code = error.response["Error"]["Code"] if isinstance(error, ClientError) else name
            retries = retries if code == name else 0
            name = code
            if error_type(error) not in RETRIED or retries == backoff.max_retries:
                raise
        else:
            return
        time.sleep(backoff.delay(retries))
        retries += 1


def faults_at_once(right: Any, api_call: Call, backoff: Backoff) -> None:
    """Wait after throttling only, and retry faults of S3 at once."""
    try:
        right(api_call, replace(backoff, max_retries=0))
    except Exception as error:
        if error_type(error) not in RETRIED or not backoff.max_retries:
            raise
        if error_type(error) is ErrorType.TRANSIENT:
            backoff = replace(backoff, base_delay=0)
        time.sleep(backoff.delay(0))
        left = backoff.max_retries - 1
        right(api_call, replace(backoff, max_retries=left, base_delay=2 * backoff.base_delay))


def faults_forever(right: Any, api_call: Call, backoff: Backoff) -> None:
    while True:
        try:
            right(api_call, backoff)
        except Exception as error:
            if error_type(error) is not ErrorType.TRANSIENT:
                raise
        else:
            return


def wait_for_slow_down_alone(right: Any, api_call: Call, backoff: Backoff) -> None:
    """Wait if S3 says SlowDown, and retry at once under any other name."""
    codes = [""]

    def call() -> None:
        try:
            api_call()
        except ClientError as error:
            codes.append(error.response["Error"]["Code"])
            raise

    class Hasty(Backoff):
        def delay(self, retry: int) -> float:
            return super().delay(retry) if codes[-1] == "SlowDown" else 0.0

    right(call, Hasty(**vars(backoff)))


def put_once_more(self: Any, right: Any, arguments: Any) -> Any:
    answer = right(arguments)
    return right(arguments) if self.attempts > 2 else answer


def stream_not_rewound(self: Any, right: Any, arguments: Any) -> Any:
    stream = self.__dict__.setdefault("stream", io.BytesIO(arguments["Body"]))
    return right({**arguments, "Body": stream.read()})


def put_with(**changed: Any) -> Change:
    """An attempt with another configuration."""
    return lambda self, _, arguments: s3_client(replace(self.configuration, **changed)).put_object(
        **arguments
    )


def stacked_retries(_right: Any, configuration: Any) -> Any:
    session = boto3.Session(profile_name=configuration.profile)
    return session.client("s3", region_name=configuration.region)


def patient_sender(_right: Any, configuration: Any) -> Any:
    """A client with a time limit for what is read alone."""
    config = Config(retries={"total_max_attempts": 1}, read_timeout=configuration.time_limit)
    session = boto3.Session(profile_name=configuration.profile)
    return session.client("s3", region_name=configuration.region, config=config)


def wait_if(code: str, seconds: Change) -> Change:
    """A wait once the upload has failed for some reason."""

    def wait(self: Any, *_: Any) -> None:
        if code in self.outcome:
            time.sleep(seconds(self.configuration))

    return before(wait)


def own_delays(
    name: str, retries: int, base: float, *, jitter: str = "none", **changes: Any
) -> Mutant:
    """A mutant with delays of its own, whatever is configured."""
    return Mutant(
        name,
        "ERR-07",
        settings={"max_retries": retries, "jitter": jitter},
        Backoff=lambda right, *_: right(retries, base, 60),
        **changes,
    )


def linear(_right: Any, backoff: Backoff, retry: int) -> float:
    return min(backoff.max_delay, backoff.base_delay * (1 + retry))


def wrapping(_right: Any, backoff: Backoff, retry: int) -> float:
    """Milliseconds in 32 bits, as in Java and C."""
    delay = round(1000 * backoff.base_delay) << retry & 0xFFFFFFFF
    return min(backoff.max_delay, delay / 1000)


def with_jitter(_right: Any, backoff: Backoff, _retry: int) -> float:
    return backoff.base_delay * uniform(0.5, 1)  # noqa: S311


MUTANTS = (
    Mutant("WaitsForSilence", "EXT-LIMIT-01", time_limit=lambda *_: 60.0),
    Mutant("WaitsWhileSending", "EXT-LIMIT-01", s3_client=patient_sender),
    # What is retried.
    Mutant("NoRetry", "ERR-02", with_retry=lambda _, api_call, backoff: api_call()),
    Mutant("OnlySlowDown", "ERR-02", error_type=unless(rare_throttling)),
    Mutant(
        "OnlyNamesOfOtherServices",
        "ERR-02",
        error_type=unless(named("SlowDown", "ServiceUnavailable")),
    ),
    *each(
        "ERR-05",
        "error_type",
        RetriesAccessDenied=also(ErrorType.ACCESS_DENIED),
        RetriesMissingBucket=also(ErrorType.NO_SUCH_BUCKET),
        RetriesOtherErrors=also(ErrorType.OTHER),
        RetriesEveryServerError=lambda right, error: (
            ErrorType.TRANSIENT if named("NotImplemented")(error) else right(error)
        ),
        RetriesEverything=lambda *_: ErrorType.THROTTLING,
    ),
    Mutant("ReplacesNothing", "EXT-IDEMPOTENT-01", put=sending(IfNoneMatch="*")),
    Mutant(
        "FaultsOfS3NotRetried",
        "EXT-TRANSIENT-01",
        error_type=unless(named("InternalError", "RequestTimeout")),
    ),
    Mutant(
        "BrokenConnectionsNotRetried",
        "EXT-TRANSIENT-01",
        error_type=unless(lambda error: isinstance(error, HTTPClientError)),
    ),
    # How often it is retried.
    Mutant("OneRetryTooMany", "ERR-03", max_retries=lambda found, _: found.max_retries + 1),
    Mutant("OneRetryTooFew", "ERR-02", max_retries=lambda found, _: max(0, found.max_retries - 1)),
    Mutant("EndlessRetry", "ERR-03", max_retries=lambda *_: 10**6, max_delay=lambda *_: 0.01),
    *each(
        "EXT-RETRY-01",
        "max_retries",
        RetriesOfItsOwn=lambda *_: 3,
        FiveRetriesAtMost=lambda found, _: min(5, found.max_retries),
    ),
    Mutant(
        "NoRetriesTakenAsUnset",
        "ERR-03",
        max_retries=lambda _, options: options.get("max_retries") or 3,
    ),
    Mutant("StackedRetries", "EXT-STACK-01", s3_client=stacked_retries),
    Mutant("RetriesCountedByName", "ERR-03", with_retry=counted_by_name),
    Mutant("FaultsRetriedForever", "ERR-03", with_retry=faults_forever),
    # What becomes of a retry.
    Mutant("FirstRetryBelieved", "ERR-02", with_retry=first_retry_believed),
    Mutant("RetryNeverEnough", "ERR-01", with_retry=to_the_end),
    Mutant("PutOnceMoreAfterRetries", "ERR-01", put=put_once_more),
    # A retry that differs from the first attempt.
    *each(
        "ERR-06",
        "put",
        StreamNotRewound=stream_not_rewound,
        YamlReadOnce=when(is_retry, when(is_yaml, sending(Body=b""))),
        MetadataLost=when(lambda self: not is_retry(self), sending(Metadata={"tool": "ash"})),
        ContentTypeLost=when(is_retry, without("ContentType")),
        EncryptionOnlyInRetry=when(is_retry, sending(ServerSideEncryption="AES256")),
    ),
    Mutant("RegionLostOnRetry", "ERR-06", put=when(is_retry, put_with(region="us-east-1"))),
    Mutant("ProfileLostOnRetry", "ERR-06", put=when(is_retry, put_with(profile=None))),
    # The waits, with the delays that are configured.
    Mutant("NoWait", "ERR-07", Backoff=lambda right, most, *_: right(most, 0, 0)),
    Mutant("NoGrowth", "ERR-07", delay=lambda right, backoff, _: right(backoff, 0)),
    Mutant("LinearGrowth", "ERR-07", delay=linear),
    Mutant("WaitsForSlowDownAlone", "ERR-07", with_retry=wait_for_slow_down_alone),
    Mutant("FaultsRetriedAtOnce", "EXT-TRANSIENT-02", with_retry=faults_at_once),
    *each(
        "EXT-RETRY-02",
        "Backoff",
        NoCap=lambda right, most, base, _: right(most, base, 999),
        Milliseconds=lambda right, most, base, cap: right(most, base / 1000, cap / 1000),
        NoDelayTakenAsUnset=lambda right, most, base, cap: right(most, base or 0.2, cap),
        NoLongestDelayTakenAsUnset=lambda right, most, base, cap: right(most, base, cap or 60),
    ),
    # Only a limit that is configured: 60 seconds are the default.
    Mutant(
        "LongestWaitFirst",
        "EXT-RETRY-02",
        delay=lambda right, backoff, retry: (
            right(backoff, retry) if retry or backoff.max_delay == 60 else backoff.max_delay
        ),
    ),
    Mutant(
        "FirstWaitNotLimited",
        "EXT-RETRY-02",
        delay=lambda right, backoff, retry: right(backoff, retry) if retry else backoff.base_delay,
    ),
    Mutant("WaitsWrap", "EXT-RETRY-02", delay=wrapping),
    # The waits, with delays of its own: the suite judges their growth.
    own_delays("ConstantWithTwoRetries", 2, 0.5, delay=lambda right, backoff, _: right(backoff, 0)),
    own_delays("LinearGrowthOfItsOwn", 3, 0.15, delay=linear),
    own_delays("NoGrowthUnderJitter", 3, 0.1, jitter="equal", delay=with_jitter),
    own_delays("NoWaitUnderJitter", 3, 0, jitter="full"),
    # Waits where there is nothing to wait for.
    *each(
        "ERR-08",
        "write_copy",
        WaitsBeforeGivingUp=wait_if(
            "SlowDown", lambda found: found.base_delay * 2**found.max_retries
        ),
        WaitsAfterEveryError=wait_if("AccessDenied", lambda found: found.base_delay),
        WaitsAfterAccessDenied=wait_if("AccessDenied", lambda _: 1.5),
    ),
    Mutant(
        "WaitsBeforeTheFirstAttempt",
        "ERR-08",
        upload=before(lambda self, *_: time.sleep(self.configuration.base_delay)),
    ),
)
