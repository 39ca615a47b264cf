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
from .shared_lists import NO_MESSAGE

VAGUE = "Something went wrong"
NO_CALL = "without a request nothing tells how far the reporter came before it failed"
WHEREVER_A_MESSAGE_IS_DUE = (
    "ERR-05 ERR-08 ERR-09 ERR-10 ERR-11 ERR-12 ERR-13 ERR-14 ERR-19 ERR-20 ERR-21 ERR-22 "
    "ERR-25 ERR-26 ERR-27 ERR-29 ERR-30 ERR-31 ERR-33 ERR-34 SEQ-07 SEQ-08 EXT-GUARD-01 "
    "EXT-GUARD-02 EXT-RETRY-01 EXT-RETRY-05 EXT-RETRY-02 EXT-TRANSIENT-03 EXT-RETRY-10"
)


def vague_about(*kinds: ErrorType) -> dict[str, Any]:
    """Messages that do not name the cause of these kinds of errors."""
    return {
        "error_message": lambda error, bucket: (
            VAGUE if error_type(error) in kinds else error_message(error, bucket)
        )
    }


@mutant(
    "error_handling: error_status --> error_message",
    "error_handling: log_permission --> error_message",
    "report_sequence: process_response --> handle_errors",
    indistinguishable={"error_handling: begin --> call_successful": NO_CALL},
    kills=NO_MESSAGE,
)
class Raises(ChangedReturn):
    """Raises an exception instead of returning a message."""

    def message(self, message: str) -> Any:
        raise RuntimeError(message)


@mutant(
    "error_handling: error_status --> error_message",
    "error_handling: log_permission --> error_message",
    "report_sequence: process_response --> handle_errors",
    indistinguishable={"error_handling: begin --> call_successful": NO_CALL},
    kills=NO_MESSAGE,
)
class ReturnsNothing(ChangedReturn):
    """Returns nothing when something went wrong."""

    def message(self, message: str) -> Any:
        return None


@mutant(
    "error_handling: error_message --> done",
    "report_sequence: handle_errors --> return_s3_url_or_error",
    kills=NO_MESSAGE,
)
class EmptyMessage(ChangedReturn):
    """Returns an empty message."""

    def message(self, message: str) -> Any:
        return ""


@mutant(
    "report_sequence: process_response --> handle_errors",
    "error_handling: max_reached - Yes -> error_status",
    "error_handling: check_bucket --> error_status",
    "error_handling: log_error --> error_status",
    "error_handling: log_permission --> error_message",
    kills=NO_MESSAGE,
)
class UrlAfterFailure(ChangedReturn):
    """Returns a URL although nothing was uploaded."""

    def message(self, message: str) -> Any:
        return f"s3://{self.configuration.bucket}/ash-report.json"


@mutant(
    "error_handling: error_status --> error_message",
    "error_handling: log_permission --> error_message",
    kills=(
        "CFG-61 CFG-62 CFG-63 CFG-64 CFG-65 CFG-66 CFG-67 ERR-30 ERR-31 ERR-26 ERR-27 "
        "ERR-11 ERR-12 ERR-13 ERR-14 ERR-35 ERR-29 ERR-19 ERR-20"
    ),
)
class VagueMessage(ChangedReturn):
    """Returns a message that says nothing of the cause."""

    def message(self, message: str) -> Any:
        return VAGUE


@mutant(
    "error_handling: error_type - No such bucket -> check_bucket",
    "error_handling: error_type - Other -> log_error",
    kills=(
        "CFG-63 CFG-64 CFG-65 CFG-66 CFG-67 ERR-30 ERR-31 ERR-26 ERR-27 ERR-11 ERR-13 "
        "ERR-14 ERR-35 ERR-29 ERR-17 ERR-18 ERR-20 ERR-25"
    ),
)
class EverythingIsDenied(Changed):
    """Blames permissions for everything."""

    changes: ClassVar = {"error_message": lambda *_: "Access denied: check the IAM permissions"}


@mutant(
    "error_handling: error_type - Other -> log_error",
    interpretation=4,
    kills=(
        "CFG-61 CFG-62 CFG-63 CFG-64 CFG-65 CFG-66 CFG-67 ERR-30 ERR-31 ERR-26 ERR-27 "
        "ERR-11 ERR-12 ERR-13 ERR-14 ERR-35 ERR-29 ERR-16 ERR-17 ERR-18 ERR-19 ERR-20 "
        "ERR-25"
    ),
)
class NamesEveryCause(Changed):
    """Names every cause that there may be."""

    changes: ClassVar = {
        "error_message": lambda error, _: (
            f"The upload failed: access denied, no such bucket, throttling (SlowDown), {error}, "
            "or the connection broke"
        )
    }


@mutant(interpretation=4, kills="ERR-29")
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


@mutant(
    "error_handling: check_permissions --> log_permission",
    kills=("CFG-61 CFG-62 ERR-12 ERR-35 ERR-16 ERR-19"),
)
class VagueAboutPermissions(Changed):
    """Says nothing of permissions when access is denied."""

    changes: ClassVar = vague_about(ErrorType.ACCESS_DENIED)


@mutant(
    "error_handling: check_bucket --> error_status",
    kills=("CFG-63 CFG-64 ERR-13 ERR-35 ERR-17 ERR-20"),
)
class VagueAboutTheBucket(Changed):
    """Says nothing of the bucket when it is missing."""

    changes: ClassVar = vague_about(ErrorType.NO_SUCH_BUCKET)


@mutant("error_handling: error_type - Other -> log_error", kills=("ERR-27 ERR-14 ERR-29 ERR-18"))
class VagueAboutOtherErrors(Changed):
    """Says nothing of the details of other errors."""

    changes: ClassVar = vague_about(ErrorType.OTHER)


@mutant(
    "error_handling: error_type - No such bucket -> check_bucket",
    "error_handling: check_bucket --> error_status",
    kills=("ARC-23 CFG-63 CFG-64 ERR-13 ERR-35 ERR-17 ERR-20"),
)
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


@mutant(
    "error_handling: check_permissions --> log_permission",
    "error_handling: error_type - Other -> log_error",
    interpretation=4,
    kills=(
        "CFG-61 CFG-62 CFG-63 CFG-64 CFG-65 CFG-66 CFG-67 ERR-31 ERR-26 ERR-33 ERR-34 "
        "ERR-27 ERR-35 ERR-29 ERR-15 ERR-16 ERR-17 ERR-18 ERR-19 ERR-20 ERR-25 ERR-21 "
        "ERR-22 ERR-36 ERR-23 EXT-LOCALFAIL-01"
    ),
)
class LogsNothing(S3Reporter):
    """Logs nothing."""

    def report(self, results: Any) -> str:
        logging.disable(logging.CRITICAL)
        return super().report(results)


@mutant(
    "error_handling: check_permissions --> log_permission",
    "error_handling: error_type - Other -> log_error",
    interpretation=4,
    kills=(
        "CFG-61 CFG-62 CFG-63 CFG-64 ERR-33 ERR-34 ERR-27 ERR-35 ERR-29 ERR-16 ERR-17 "
        "ERR-18 ERR-19 ERR-20 ERR-25 ERR-21 ERR-22 ERR-36 ERR-23 EXT-LOCALFAIL-01"
    ),
)
class LogsAtDebug(S3Reporter):
    """Logs failures where nobody looks, at debug level."""

    def report(self, results: Any) -> str:
        log = reporter.logger
        log.error = log.debug  # type: ignore[method-assign]
        return super().report(results)


@mutant(
    "error_handling: check_permissions --> log_permission",
    "error_handling: error_type - Other -> log_error",
    interpretation=4,
    kills=(
        "CFG-61 CFG-62 CFG-63 CFG-64 ERR-33 ERR-34 ERR-27 ERR-35 ERR-29 ERR-16 ERR-17 "
        "ERR-18 ERR-19 ERR-20 ERR-25 ERR-21 ERR-22 ERR-36 ERR-23 EXT-LOCALFAIL-01"
    ),
)
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


@mutant(
    "error_handling: log_error --> error_status",
    "error_handling: error_status --> error_message",
    interpretation=5,
    kills="ERR-31 ERR-34",
)
class BrokenConnectionUncaught(Uncaught):
    """Catches no exception for a connection that breaks."""

    uncaught = HTTPClientError


@mutant(
    "error_handling: log_error --> error_status",
    interpretation=5,
    indistinguishable={
        "error_handling: begin --> call_successful": "no request of a silent endpoint is seen"
    },
    kills="ERR-27",
)
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


@mutant(interpretation=6, kills="ERR-31 ERR-27 ERR-33 ERR-34")
class NoCopyWithoutAnswer(_NoCopy):
    """Writes the local copy only if S3 answered."""

    without_copy = ("Connect", "endpoint")


@mutant(interpretation=6, kills=("CFG-65 CFG-66 CFG-67 ERR-26"))
class NoCopyAfterInternalError(_NoCopy):
    """Writes no local copy if S3 fails."""

    without_copy = ("InternalError",)


@mutant(
    "error_handling: begin --> call_successful",
    interpretation=5,
    kills="ERR-21 ERR-22",
)
class ProfileOutsideTheNet(S3Reporter):
    """Looks up the profile and the credentials outside of what catches errors."""

    def report(self, results: Any) -> str:
        session = boto3.Session(profile_name=self.configuration.profile)
        credentials: Any = session.get_credentials()
        credentials.get_frozen_credentials()
        return super().report(results)


@mutant(interpretation=5, kills="CFG-62 CFG-63 CFG-66")
class PercentInMessages(S3Reporter):
    """Formats its message twice, so that a key with a percent sign ends in an exception."""

    def _upload(self, key: str, document: Any) -> str:
        returned = super()._upload(key, document)
        if not returned.startswith("s3://"):
            return f"Could not upload {key}: %s" % returned
        return returned
