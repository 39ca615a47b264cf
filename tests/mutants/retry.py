"""Retry and backoff, got wrong (diagram: error handling)."""

import io
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

import boto3
from botocore.exceptions import ClientError, HTTPClientError
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.errors import ErrorType, error_type
from s3_reporter_conformance.reference.retry import Backoff, with_retry

from .catalogue import mutant
from .over_reference import Changed, ChangedConfiguration, ChangedPut


def also(*kinds: ErrorType) -> dict[str, Any]:
    """Retrying these kinds of errors like throttling."""
    return {
        "error_type": lambda error: (
            ErrorType.THROTTLING if error_type(error) in kinds else error_type(error)
        )
    }


def unless(not_retried: Callable[[Exception], bool]) -> dict[str, Any]:
    """Not retrying some errors."""
    return {
        "error_type": lambda error: ErrorType.OTHER if not_retried(error) else error_type(error)
    }


@mutant(
    "error_handling: error_type - Throttling -> backoff",
    kills=(
        "CFG-51 CFG-54 CFG-56 CFG-57 ERR-02 ERR-03 ERR-04 ERR-05 ERR-24 ERR-06 ERR-30 "
        "ERR-07 ERR-35 LOC-04 KEY-08 EXT-IDEMPOTENT-01 EXT-STACK-01 EXT-RETRY-01 "
        "EXT-RETRY-05 EXT-RETRY-10 EXT-RETRY-03 EXT-RETRY-04 EXT-RETRY-08 "
        "EXT-TRANSIENT-01 EXT-TRANSIENT-02 EXT-TRANSIENT-03 EXT-TRANSIENT-04"
    ),
)
class NoRetry(Changed):
    """Never retries."""

    changes: ClassVar = {"with_retry": lambda api_call, _: api_call()}


@mutant(
    "error_handling: error_type - Throttling -> backoff",
    "error_handling: max_reached - No -> backoff",
    interpretation=2,
    kills="ERR-06 ERR-07 ERR-30 EXT-RETRY-03",
)
class OnlySlowDown(Changed):
    """Knows throttling by the name SlowDown only."""

    retry_changes: ClassVar = unless(
        lambda error: error_type(error) is ErrorType.THROTTLING and "SlowDown" not in str(error)
    )


@mutant(
    interpretation=2,
    kills=(
        "CFG-51 CFG-54 CFG-56 CFG-57 ERR-02 ERR-03 ERR-04 ERR-05 ERR-24 ERR-06 ERR-30 "
        "ERR-07 ERR-35 LOC-04 KEY-08 EXT-STACK-01 EXT-RETRY-01 EXT-RETRY-05 "
        "EXT-RETRY-10 EXT-RETRY-03 EXT-RETRY-04 EXT-RETRY-08"
    ),
)
class OnlyNamesOfOtherServices(Changed):
    """Knows throttling by the names that other services have for it."""

    retry_changes: ClassVar = unless(
        lambda error: "SlowDown" in str(error) or "ServiceUnavailable" in str(error)
    )


@mutant("error_handling: error_type - Access denied -> check_permissions", kills="ERR-08 ERR-19")
class RetriesAccessDenied(Changed):
    """Retries when access is denied."""

    retry_changes: ClassVar = also(ErrorType.ACCESS_DENIED)


@mutant("error_handling: error_type - No such bucket -> check_bucket", kills="ERR-09 ERR-20")
class RetriesMissingBucket(Changed):
    """Retries when the bucket is missing."""

    retry_changes: ClassVar = also(ErrorType.NO_SUCH_BUCKET)


@mutant("error_handling: error_type - Other -> log_error", kills="ERR-10")
class RetriesOtherErrors(Changed):
    """Retries whatever else goes wrong."""

    retry_changes: ClassVar = also(ErrorType.OTHER)


@mutant(
    "error_handling: error_type - Access denied -> check_permissions",
    "error_handling: error_type - No such bucket -> check_bucket",
    "error_handling: error_type - Other -> log_error",
    kills="ERR-08 ERR-09 ERR-10 ERR-19 ERR-20",
)
class RetriesEverything(Changed):
    """Retries every error, whatever it is."""

    retry_changes: ClassVar = {"error_type": lambda _: ErrorType.THROTTLING}


@mutant(
    "error_handling: max_reached - Yes -> error_status",
    kills=(
        "ERR-05 ERR-24 ERR-30 ERR-07 EXT-STACK-01 EXT-RETRY-01 EXT-RETRY-05 EXT-RETRY-02 "
        "EXT-RETRY-03 EXT-RETRY-04 EXT-TRANSIENT-03 EXT-TRANSIENT-04 EXT-RETRY-10 "
        "EXT-RETRY-08"
    ),
)
class OneRetryTooMany(ChangedConfiguration):
    """Retries once more than it is told."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=configuration.max_retries + 1)


@mutant(
    "error_handling: max_reached - No -> backoff",
    kills=(
        "ERR-04 ERR-05 ERR-24 ERR-30 ERR-07 EXT-STACK-01 EXT-RETRY-01 EXT-RETRY-05 "
        "EXT-RETRY-03 EXT-RETRY-04 EXT-TRANSIENT-03 EXT-TRANSIENT-04 EXT-RETRY-10 "
        "EXT-RETRY-08"
    ),
)
class OneRetryTooFew(ChangedConfiguration):
    """Takes the number of retries for that of attempts."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=max(0, configuration.max_retries - 1))


@mutant(
    "report_sequence: put_object_with_retry --> api_call",
    "error_handling: max_reached - Yes -> error_status",
    kills=(
        "CFG-65 CFG-66 CFG-67 ERR-05 ERR-24 ERR-30 ERR-07 ERR-31 ERR-26 ERR-34 ERR-11 "
        "ERR-15 SEQ-07 SEQ-08 EXT-STACK-01 EXT-RETRY-01 EXT-RETRY-05 EXT-RETRY-02 "
        "EXT-RETRY-10 EXT-RETRY-03 EXT-RETRY-04 EXT-RETRY-08 EXT-TRANSIENT-03 "
        "EXT-TRANSIENT-04"
    ),
)
class EndlessRetry(ChangedConfiguration):
    """Never stops to retry."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=10**6, max_delay=0.01)


@mutant(
    "error_handling: retry --> retry_successful",
    "error_handling: retry_successful - No -> max_reached",
    kills=(
        "CFG-65 CFG-66 CFG-67 ERR-03 ERR-04 ERR-05 ERR-24 ERR-30 ERR-07 ERR-31 ERR-26 "
        "ERR-34 ERR-11 ERR-35 ERR-15 SEQ-07 SEQ-08 EXT-STACK-01 EXT-RETRY-01 EXT-RETRY-05 "
        "EXT-RETRY-10 EXT-RETRY-03 EXT-RETRY-04 EXT-RETRY-08 EXT-TRANSIENT-03 "
        "EXT-TRANSIENT-04"
    ),
)
class FirstRetryBelieved(Changed):
    """Never looks at what became of the retry."""

    @staticmethod
    def twice(api_call: Callable[[], object], backoff: Backoff) -> None:
        try:
            with_retry(api_call, replace(backoff, max_retries=0))
        except Exception as error:
            retried = error_type(error) in {ErrorType.THROTTLING, ErrorType.TRANSIENT}
            if not retried or not backoff.max_retries:
                raise
            time.sleep(backoff.delay(0))
            with suppress(Exception):
                api_call()

    changes: ClassVar = {"with_retry": twice}


@mutant("error_handling: retry_successful - Yes -> process_response", kills="ERR-03 ERR-04")
class PutOnceMoreAfterRetries(ChangedPut):
    """Puts the object once more after several retries, to be sure."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        self.attempts = self.__dict__.get("attempts", 0) + 1
        answer = put_object(**arguments)
        return put_object(**arguments) if self.attempts > 2 else answer


@mutant(
    "error_handling: retry_successful - Yes -> process_response",
    kills=(
        "CFG-51 CFG-54 CFG-56 CFG-57 ERR-02 ERR-03 ERR-04 ERR-06 KEY-08 "
        "EXT-IDEMPOTENT-01 EXT-TRANSIENT-01 EXT-TRANSIENT-02"
    ),
)
class RetryNeverEnough(Changed):
    """Goes on to retry although a retry succeeded, and then gives up."""

    @staticmethod
    def to_the_end(api_call: Callable[[], object], backoff: Backoff) -> None:
        try:
            with_retry(api_call, replace(backoff, max_retries=0))
        except Exception as error:
            if error_type(error) not in {ErrorType.THROTTLING, ErrorType.TRANSIENT}:
                raise
            for retry in range(backoff.max_retries):
                time.sleep(backoff.delay(retry))
                try:
                    api_call()
                except Exception as again:  # noqa: BLE001
                    error = again
            raise error from None

    changes: ClassVar = {"with_retry": to_the_end}


@mutant(
    "local_output: content --> upload",
    kills=("CFG-51 CFG-54 CFG-56 CFG-57 CFG-65 CFG-66 CFG-67 ERR-28 LOC-04 EXT-IDEMPOTENT-01"),
)
class StreamNotRewound(ChangedPut):
    """Sends the rest of a stream that the first attempt has read to its end."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        stream = self.__dict__.setdefault("stream", io.BytesIO(arguments["Body"]))
        return put_object(**arguments | {"Body": stream.read()})


class _ChangedRetry(ChangedPut):
    """The reference, with something lost as soon as the first attempt was made."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        retried = "tried" in self.__dict__
        self.__dict__["tried"] = True
        return put_object(**(self.retry(arguments) if retried else self.attempt(arguments)))

    def attempt(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return arguments

    def retry(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return arguments


@mutant(
    interpretation=1,
    kills=("CFG-51 CFG-54 CFG-56 CFG-57 CFG-65 CFG-66 CFG-67 ERR-28 EXT-IDEMPOTENT-01"),
)
class ContentTypeLost(_ChangedRetry):
    """Sets the content type for the first attempt only."""

    def retry(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in arguments.items() if name != "ContentType"}


@mutant(
    interpretation=1,
    kills=("CFG-51 CFG-54 CFG-56 CFG-57 CFG-65 CFG-66 CFG-67 ERR-28 EXT-IDEMPOTENT-01"),
)
class MetadataLost(_ChangedRetry):
    """Sets the metadata for the first attempt only."""

    def attempt(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return arguments | {"Metadata": {"tool": "ash"}}


@mutant(interpretation=1, kills="ERR-07 ERR-30 EXT-RETRY-03")
class RetriesCountedByName(Changed):
    """Counts the retries anew when S3 gives another name to throttling."""

    @staticmethod
    def by_name(api_call: Callable[[], object], backoff: Backoff) -> None:
        retries, name = 0, ""
        while True:
            try:
                api_call()
            except ClientError as error:
                code = error.response["Error"]["Code"]
                retries = retries if code == name else 0
                name = code
                retried = error_type(error) in {ErrorType.THROTTLING, ErrorType.TRANSIENT}
                if not retried or retries == backoff.max_retries:
                    raise
            except HTTPClientError:
                if retries == backoff.max_retries:
                    raise
            else:
                return
            time.sleep(backoff.delay(retries))
            retries += 1

    changes: ClassVar = {"with_retry": by_name}


@mutant(interpretation=2, kills="EXT-TRANSIENT-04")
class FaultsRetriedAtOnce(Changed):
    """Waits after throttling only, and retries faults of S3 at once."""

    @staticmethod
    def hasty(api_call: Callable[[], object], backoff: Backoff) -> None:
        try:
            with_retry(api_call, replace(backoff, max_retries=0))
        except Exception as error:
            if error_type(error) is ErrorType.TRANSIENT:
                backoff = replace(backoff, base_delay=0)
            elif error_type(error) is not ErrorType.THROTTLING:
                raise
            if not backoff.max_retries:
                raise
            time.sleep(backoff.delay(0))
            rest = replace(backoff, max_retries=backoff.max_retries - 1)
            with_retry(api_call, replace(rest, base_delay=2 * rest.base_delay))

    changes: ClassVar = {"with_retry": hasty}


@mutant(
    interpretation=5,
    kills=("CFG-65 CFG-66 CFG-67 ERR-31 ERR-26 ERR-34 EXT-TRANSIENT-03 EXT-TRANSIENT-04"),
)
class FaultsRetriedForever(Changed):
    """Retries faults of S3 and the network until they pass."""

    @staticmethod
    def forever(api_call: Callable[[], object], backoff: Backoff) -> None:
        while True:
            try:
                with_retry(api_call, backoff)
            except Exception as error:
                if error_type(error) is not ErrorType.TRANSIENT:
                    raise
            else:
                return

    changes: ClassVar = {"with_retry": forever}


@mutant(
    interpretation=1,
    kills="EXT-RETRY-01 EXT-RETRY-02 EXT-RETRY-03 EXT-RETRY-04 EXT-RETRY-05 EXT-RETRY-08 "
    "EXT-RETRY-10",
)
class RetriesOfItsOwn(ChangedConfiguration):
    """Retries three times, whatever is configured."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=3)


@mutant(interpretation=1, kills="EXT-RETRY-04 EXT-RETRY-10")
class FiveRetriesAtMost(ChangedConfiguration):
    """Retries five times at most, whatever is configured."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=min(5, configuration.max_retries))


@mutant(interpretation=1, kills="EXT-RETRY-02")
class NoRetriesTakenAsUnset(ChangedConfiguration):
    """Takes max_retries = 0 for not set."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=options.get("max_retries") or 3)


@mutant(interpretation=1, kills="EXT-STACK-01")
class StackedRetries(S3Reporter):
    """Leaves the SDK's own retries on, so that they multiply."""

    @cached_property
    def _client(self) -> Any:
        session = boto3.Session(profile_name=self.configuration.profile)
        return session.client("s3", region_name=self.configuration.region)


@mutant(interpretation=2, kills="EXT-TRANSIENT-01 EXT-TRANSIENT-03 EXT-TRANSIENT-04")
class FaultsOfS3NotRetried(Changed):
    """Retries throttling and broken connections only, although it says more."""

    retry_changes: ClassVar = unless(
        lambda error: "InternalError" in str(error) or "RequestTimeout" in str(error)
    )


@mutant(interpretation=2, kills="EXT-IDEMPOTENT-01 EXT-TRANSIENT-02")
class BrokenConnectionsNotRetried(Changed):
    """Retries answers only, so that a connection that breaks ends the upload."""

    retry_changes: ClassVar = unless(lambda error: isinstance(error, HTTPClientError))
