"""Errors, got wrong (diagram: error handling)."""

import logging
import sys
from http import HTTPStatus
from typing import Any, ClassVar

import boto3
from botocore.exceptions import EndpointConnectionError, HTTPClientError
from s3_reporter_conformance.reference import S3Reporter, reporter
from s3_reporter_conformance.reference.errors import ErrorType, error_message, error_type

from .catalogue import mutant
from .over_reference import Changed, ChangedPut, ChangedReturn

VAGUE = "Something went wrong"


def vague_about(*kinds: ErrorType) -> dict[str, Any]:
    """Messages that do not name the cause of these kinds of errors."""
    return {
        "error_message": lambda error, bucket: (
            VAGUE if error_type(error) in kinds else error_message(error, bucket)
        )
    }


@mutant(aim="SEQ-04")
class Raises(ChangedReturn):
    """Raises an exception instead of returning a message."""

    def message(self, message: str) -> Any:
        raise RuntimeError(message)


@mutant(aim="SEQ-04")
class ReturnsNothing(ChangedReturn):
    """Returns nothing when something went wrong."""

    def message(self, message: str) -> Any:
        return None


@mutant(aim="SEQ-03")
class EmptyMessage(ChangedReturn):
    """Returns an empty message."""

    def message(self, message: str) -> Any:
        return ""


@mutant(aim="SEQ-03")
class UrlAfterFailure(ChangedReturn):
    """Returns a URL although nothing was uploaded."""

    def message(self, message: str) -> Any:
        return f"s3://{self.configuration.bucket}/ash-report.json"


@mutant(aim="ERR-12")
class VagueMessage(ChangedReturn):
    """Returns a message that says nothing of the cause."""

    def message(self, message: str) -> Any:
        return VAGUE


@mutant(aim="ERR-12")
class EverythingIsDenied(Changed):
    """Blames permissions for everything."""

    changes: ClassVar = {"error_message": lambda *_: "Access denied: check the IAM permissions"}


@mutant(aim="ERR-12")
class NamesEveryCause(Changed):
    """Names every cause that there may be."""

    changes: ClassVar = {
        "error_message": lambda error, _: (
            f"The upload failed: access denied, no such bucket, throttling (SlowDown), {error}, "
            "or the connection broke"
        )
    }


@mutant(aim="ERR-12")
class EveryForbiddenIsDenied(Changed):
    """Takes each error with the status 403 for a lack of permission."""

    changes: ClassVar = {
        "error_message": lambda error, bucket: (
            f"Access denied: {error}"
            if (getattr(error, "response", None) or {})
            .get("ResponseMetadata", {})
            .get("HTTPStatusCode")
            == HTTPStatus.FORBIDDEN
            else error_message(error, bucket)
        )
    }


@mutant(aim="ERR-09")
class VagueAboutPermissions(Changed):
    """Says nothing of permissions when access is denied."""

    changes: ClassVar = vague_about(ErrorType.ACCESS_DENIED)


@mutant(aim="ERR-12")
class VagueAboutTheBucket(Changed):
    """Says nothing of the bucket when it is missing."""

    changes: ClassVar = vague_about(ErrorType.NO_SUCH_BUCKET)


@mutant(aim="ERR-12")
class VagueAboutOtherErrors(Changed):
    """Says nothing of the details of other errors."""

    changes: ClassVar = vague_about(ErrorType.OTHER)


@mutant(aim="ARC-03")
class BucketMadeWhereMissing(ChangedPut):
    """Makes the bucket where it is missing, and uploads again."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        try:
            return put_object(**arguments)
        except client.exceptions.NoSuchBucket:
            client.create_bucket(
                Bucket=arguments["Bucket"],
                CreateBucketConfiguration={"LocationConstraint": self.configuration.region},
            )
            return put_object(**arguments)


@mutant(aim="ERR-10")
class LogsNothing(S3Reporter):
    """Logs nothing."""

    def report(self, results: Any) -> str:
        logging.disable(logging.CRITICAL)
        return super().report(results)


@mutant(aim="ERR-10")
class LogsAtDebug(S3Reporter):
    """Logs failures where nobody looks, at debug level."""

    def report(self, results: Any) -> str:
        log = reporter.logger
        log.error = log.debug  # type: ignore[method-assign]
        return super().report(results)


@mutant(aim="ERR-09")
class PrintsAtDebug(S3Reporter):
    """Prints failures as lines that it marks as DEBUG."""

    def report(self, results: Any) -> str:
        log: Any = reporter.logger
        log.error = lambda message, *about: print("DEBUG", message % about, file=sys.stderr)
        return super().report(results)


class Uncaught(S3Reporter):
    """Lets some exceptions leave it."""

    uncaught: ClassVar[type[Exception]]

    def is_uncaught(self, error: Exception) -> bool:
        return isinstance(error, self.uncaught)

    def _upload(self, key: str, document: Any) -> str:
        def message(error: Exception, bucket: str) -> str:
            if self.is_uncaught(error):
                raise error
            return error_message(error, bucket)

        setattr(reporter, "error_message", message)  # noqa: B010 -- the module does not export it
        return super()._upload(key, document)


@mutant(aim="SEQ-04")
class BrokenConnectionUncaught(Uncaught):
    """Catches no exception for a connection that breaks."""

    uncaught = HTTPClientError


@mutant(aim="SEQ-04")
class SilentEndpointUncaught(Uncaught):
    """Catches no exception for an endpoint where nothing answers."""

    uncaught = EndpointConnectionError


class _NoCopy(S3Reporter):
    without_copy: ClassVar[tuple[str, ...]]

    def _upload(self, key: str, document: Any) -> str:
        self.__dict__["outcome"] = outcome = super()._upload(key, document)
        return outcome

    def _write_local_copy(self, document: Any) -> None:
        if not any(word in self.__dict__["outcome"] for word in self.without_copy):
            super()._write_local_copy(document)


@mutant(aim="SEQ-06")
class NoCopyWithoutAnswer(_NoCopy):
    """Writes the local copy only if S3 answered."""

    without_copy = ("Connect", "endpoint")


@mutant(aim="SEQ-06")
class NoCopyAfterInternalError(_NoCopy):
    """Writes no local copy if S3 fails."""

    without_copy = ("InternalError",)


@mutant(aim="SEQ-04")
class ProfileOutsideTheNet(S3Reporter):
    """Looks up the profile and the credentials outside of what catches errors."""

    def report(self, results: Any) -> str:
        session = boto3.Session(profile_name=self.configuration.profile)
        credentials: Any = session.get_credentials()
        credentials.get_frozen_credentials()
        return super().report(results)


@mutant(aim="SEQ-04")
class PercentInMessages(S3Reporter):
    """Formats its message twice, so that a key with a percent sign ends in an exception."""

    def _upload(self, key: str, document: Any) -> str:
        returned = super()._upload(key, document)
        if not returned.startswith("s3://"):
            return f"Could not upload {key}: %s" % returned
        return returned
