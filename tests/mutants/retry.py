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


@mutant(aim="ERR-02")
class NoRetry(Changed):
    """Never retries."""

    changes: ClassVar = {"with_retry": lambda api_call, _: api_call()}


@mutant(aim="ERR-02")
class OnlySlowDown(Changed):
    """Knows throttling by the name SlowDown only."""

    retry_changes: ClassVar = unless(
        lambda error: error_type(error) is ErrorType.THROTTLING and "SlowDown" not in str(error)
    )


@mutant(aim="ERR-02")
class OnlyNamesOfOtherServices(Changed):
    """Knows throttling by the names that other services have for it."""

    retry_changes: ClassVar = unless(
        lambda error: "SlowDown" in str(error) or "ServiceUnavailable" in str(error)
    )


@mutant(aim="ERR-05")
class RetriesAccessDenied(Changed):
    """Retries when access is denied."""

    retry_changes: ClassVar = also(ErrorType.ACCESS_DENIED)


@mutant(aim="ERR-05")
class RetriesMissingBucket(Changed):
    """Retries when the bucket is missing."""

    retry_changes: ClassVar = also(ErrorType.NO_SUCH_BUCKET)


@mutant(aim="ERR-05")
class RetriesOtherErrors(Changed):
    """Retries whatever else goes wrong."""

    retry_changes: ClassVar = also(ErrorType.OTHER)


@mutant(aim="ERR-05")
class RetriesEverything(Changed):
    """Retries every error, whatever it is."""

    retry_changes: ClassVar = {"error_type": lambda _: ErrorType.THROTTLING}


@mutant(aim="ERR-03")
class OneRetryTooMany(ChangedConfiguration):
    """Retries once more than it is told."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=configuration.max_retries + 1)


@mutant(aim="ERR-02")
class OneRetryTooFew(ChangedConfiguration):
    """Takes the number of retries for that of attempts."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=max(0, configuration.max_retries - 1))


@mutant(aim="ERR-03")
class EndlessRetry(ChangedConfiguration):
    """Never stops to retry."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=10**6, max_delay=0.01)


@mutant(aim="ERR-02")
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


@mutant(aim="ERR-01")
class PutOnceMoreAfterRetries(ChangedPut):
    """Puts the object once more after several retries, to be sure."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        self.attempts = self.__dict__.get("attempts", 0) + 1
        answer = put_object(**arguments)
        return put_object(**arguments) if self.attempts > 2 else answer


@mutant(aim="ERR-01")
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


@mutant(aim="ERR-06")
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


@mutant(aim="ERR-06")
class ContentTypeLost(_ChangedRetry):
    """Sets the content type for the first attempt only."""

    def retry(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in arguments.items() if name != "ContentType"}


@mutant(aim="ERR-06")
class MetadataLost(_ChangedRetry):
    """Sets the metadata for the first attempt only."""

    def attempt(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return arguments | {"Metadata": {"tool": "ash"}}


@mutant(aim="ERR-03")
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


@mutant(aim="EXT-TRANSIENT-02")
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


@mutant(aim="ERR-03")
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


@mutant(aim="EXT-RETRY-01")
class RetriesOfItsOwn(ChangedConfiguration):
    """Retries three times, whatever is configured."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=3)


@mutant(aim="EXT-RETRY-01")
class FiveRetriesAtMost(ChangedConfiguration):
    """Retries five times at most, whatever is configured."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=min(5, configuration.max_retries))


@mutant(aim="EXT-RETRY-01")
class NoRetriesTakenAsUnset(ChangedConfiguration):
    """Takes max_retries = 0 for not set."""

    def change(self, configuration: Any, options: Any) -> Any:
        return replace(configuration, max_retries=options.get("max_retries") or 3)


@mutant(aim="EXT-STACK-01")
class StackedRetries(S3Reporter):
    """Leaves the SDK's own retries on, so that they multiply."""

    @cached_property
    def _client(self) -> Any:
        session = boto3.Session(profile_name=self.configuration.profile)
        return session.client("s3", region_name=self.configuration.region)


@mutant(aim="EXT-TRANSIENT-01")
class FaultsOfS3NotRetried(Changed):
    """Retries throttling and broken connections only, although it says more."""

    retry_changes: ClassVar = unless(
        lambda error: "InternalError" in str(error) or "RequestTimeout" in str(error)
    )


@mutant(aim="EXT-TRANSIENT-01")
class BrokenConnectionsNotRetried(Changed):
    """Retries answers only, so that a connection that breaks ends the upload."""

    retry_changes: ClassVar = unless(lambda error: isinstance(error, HTTPClientError))
