"""Wrong messages, logs, and answers to errors (diagram: error handling)."""

import json
import logging
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any
from xml.etree import ElementTree as ET

import boto3
from botocore.exceptions import ClientError, EndpointConnectionError, HTTPClientError
from s3_reporter_conformance.reference import reporter
from s3_reporter_conformance.reference.errors import ErrorType, error_type
from s3_reporter_conformance.reference.retry import Backoff

from .mutant import Change, Mutant, before, each, is_blocked, on_event, when
from .retry import named, rare_throttling

VAGUE = "Something went wrong"

log: Any = reporter.logger


def always(returned: Any) -> Change:
    """The same message for everything."""
    return lambda *_: returned


def message_if(condition: Change, message: str) -> Change:
    """Another message for some errors."""
    return lambda right, error, bucket: message if condition(error) else right(error, bucket)


def vague_about(kind: ErrorType) -> Change:
    return message_if(lambda error: error_type(error) is kind, VAGUE)


def names_every_cause(_right: Any, error: Exception, _bucket: str) -> str:
    return (
        f"The upload failed: access denied, no such bucket, throttling (SlowDown), {error}, "
        "or the connection broke"
    )


def status_of(error: Any) -> Any:
    answer = getattr(error, "response", None) or {}
    return answer.get("ResponseMetadata", {}).get("HTTPStatusCode")


def uncaught(condition: Change) -> Change:
    """An exception that leaves the reporter."""

    def error_message(right: Any, error: Exception, bucket: str) -> Any:
        if condition(error):
            raise error
        return right(error, bucket)

    return error_message


def of_type(*types: type[Exception]) -> Change:
    return lambda error: isinstance(error, types)


def uncaught_in(parse: Change, error: type[Exception]) -> Mapping[str, Any]:
    """An exception that leaves the reporter, from its own parser of each answer."""
    return {"s3_client": on_event("before-parse", parse), "error_message": uncaught(of_type(error))}


def bad_status_line(error: Exception) -> bool:
    return isinstance(error, HTTPClientError) and "BadStatusLine" in repr(error.kwargs)


def parse_error(_configuration: Any, response_dict: Any, **_: Any) -> None:
    if response_dict["status_code"] >= HTTPStatus.MULTIPLE_CHOICES:
        ET.fromstring(response_dict["body"])  # noqa: S314 -- the suite's own


def parse_xml_error(configuration: Any, response_dict: Any, **_: Any) -> None:
    if response_dict["headers"].get("content-type") == "application/xml":
        parse_error(configuration, response_dict)


def decode_error(_configuration: Any, response_dict: Any, **_: Any) -> None:
    if response_dict["status_code"] >= HTTPStatus.MULTIPLE_CHOICES:
        response_dict["body"].decode()


def raised(_self: Any, _right: Any, text: str) -> Any:
    raise RuntimeError(text)


def look_up_credentials(self: Any, _results: Any) -> None:
    session = boto3.Session(profile_name=self.configuration.profile)
    credentials: Any = session.get_credentials()
    credentials.get_frozen_credentials()


def look_up_start(_self: Any, results: Any) -> None:
    with suppress(AttributeError):
        dict[Any, Any]().get(results.metadata.summary_stats.start)


def write_as_text(_self: Any, results: Any) -> None:
    json.dumps(vars(results.metadata), default=str)


def formatted_twice(_self: Any, right: Any, key: str, document: Any) -> Any:
    returned = right(key, document)
    if not returned.startswith("s3://"):
        return f"Could not upload {key}: %s" % returned
    return returned


def refusal_believed(
    right: Any, api_call: Change, backoff: Backoff, *, last_alone: bool = False
) -> None:
    """Retry, and take a retry that is refused, or only the last one, for a good one."""
    attempts: list[None] = []

    def call() -> None:
        attempts.append(None)
        api_call()

    try:
        right(call, backoff)
    except ClientError as error:
        fewest = backoff.max_retries if last_alone else 1
        passing = {ErrorType.THROTTLING, ErrorType.TRANSIENT}
        if len(attempts) <= fewest or error_type(error) in passing:
            raise


def redirect_believed(_self: Any, right: Any, arguments: Any) -> Any:
    try:
        return right(arguments)
    except ClientError as error:
        if status_of(error) >= HTTPStatus.BAD_REQUEST:
            raise


def answer_believed(_self: Any, right: Any, arguments: Any) -> Any:
    try:
        return right(arguments)
    except ClientError:
        return {}


def log_at_debug(_self: Any, _results: Any) -> None:
    log.error = log.debug


def print_at_debug(_self: Any, _results: Any) -> None:
    log.error = lambda message, *about: print("DEBUG", message % about, file=sys.stderr)


def log_to_nobody(_self: Any, _results: Any) -> None:
    package = logging.getLogger("s3_reporter_conformance.reference")
    package.addHandler(logging.NullHandler())
    package.propagate = False


def quiet_about_credentials(right: Any, message: str) -> Any:
    return message if "credentials" in message or "profile" in message else right(message)


def quiet_about_the_network(right: Any, message: str) -> Any:
    return message if "endpoint URL" in message else right(message)


def show_banner(self: Any, _results: Any) -> None:
    logging.getLogger(Backoff.__module__).disabled = True
    print(
        f"({os.getpid()}) {self.output_dir}: Boto3 ends. See https://aws.com/end", file=sys.stderr
    )


configure = partial(logging.basicConfig, filename=os.devnull, force=True, level=logging.CRITICAL)

MUTANTS = (
    # What the message says.
    Mutant("VagueMessage", "ERR-12", message=always(VAGUE)),
    *each(
        "ERR-12",
        "error_message",
        EverythingIsDenied=always("Access denied: check the IAM permissions"),
        NamesEveryCause=names_every_cause,
        EveryForbiddenIsDenied=lambda right, error, bucket: (
            f"Access denied: {error}"
            if status_of(error) == HTTPStatus.FORBIDDEN
            else right(error, bucket)
        ),
        TokensAreDenied=message_if(
            named("ExpiredToken", "InvalidToken"),
            "Access denied: the credentials lack s3:PutObject",
        ),
        NoBucketWithoutCredentials=message_if(
            lambda error: "locate credentials" in str(error), "The bucket does not exist"
        ),
        VagueAboutTheBucket=vague_about(ErrorType.NO_SUCH_BUCKET),
        VagueAboutOtherErrors=vague_about(ErrorType.OTHER),
        VagueAboutRareThrottling=message_if(rare_throttling, VAGUE),
    ),
    Mutant("VagueAboutPermissions", "ERR-09", error_message=vague_about(ErrorType.ACCESS_DENIED)),
    # What is logged.
    Mutant("LogsNothing", "ERR-10", report=before(lambda *_: logging.disable(logging.CRITICAL))),
    Mutant("LogsAtDebug", "ERR-10", report=before(log_at_debug)),
    Mutant("PrintsAtDebug", "ERR-09", report=before(print_at_debug)),
    Mutant("LogsToNobody", "ERR-10", report=before(log_to_nobody)),
    Mutant("LogsOnlyTheWorst", "ERR-09", report=before(lambda *_: configure())),
    Mutant("QuietAboutCredentials", "ERR-11", _failure=quiet_about_credentials),
    Mutant("BannerAlone", "ERR-11", _failure=quiet_about_the_network, report=before(show_banner)),
    Mutant(
        "SuccessLoggedAsError",
        "ERR-13",
        url=before(lambda *_: log.error("The report was uploaded")),
    ),
    Mutant("ArgumentsDoNotFit", "ERR-13", url=before(lambda *_: log.info(*("Uploaded", "twice")))),
    # What is returned.
    Mutant("ReturnsNothing", "SEQ-04", message=always(None)),
    Mutant("EmptyMessage", "SEQ-03", message=always("")),
    Mutant(
        "UrlAfterFailure",
        "SEQ-03",
        message=lambda self, *_: f"s3://{self.configuration.bucket}/ash-report.json",
    ),
    Mutant(
        "UrlBeforeTheError",
        "SEQ-03",
        message=lambda self, _, text: f"s3://{self.configuration.bucket}/key failed: {text}",
    ),
    Mutant("RefusalAfterThrottling", "SEQ-03", with_retry=refusal_believed),
    Mutant("LastAnswerBelieved", "SEQ-03", with_retry=partial(refusal_believed, last_alone=True)),
    Mutant("RedirectTakenForSuccess", "SEQ-03", put=redirect_believed),
    Mutant("ResponseIgnored", "SEQ-03", put=answer_believed),
    # What is raised.
    Mutant("Raises", "SEQ-04", message=raised),
    Mutant("RaisesWhenNothingWorks", "SEQ-04", message=when(is_blocked, raised)),
    Mutant("BrokenConnectionUncaught", "SEQ-04", error_message=uncaught(of_type(HTTPClientError))),
    Mutant(
        "SilentEndpointUncaught", "SEQ-04", error_message=uncaught(of_type(EndpointConnectionError))
    ),
    Mutant("BadStatusLineUncaught", "SEQ-04", error_message=uncaught(bad_status_line)),
    Mutant("EveryErrorParsed", "SEQ-04", **uncaught_in(parse_error, ET.ParseError)),
    Mutant("XmlErrorsParsed", "SEQ-04", **uncaught_in(parse_xml_error, ET.ParseError)),
    Mutant("EveryErrorDecoded", "SEQ-04", **uncaught_in(decode_error, UnicodeDecodeError)),
    # The profile is looked up outside of what catches errors.
    Mutant("ProfileOutsideTheNet", "SEQ-04", report=before(look_up_credentials)),
    # The results are looked at there.
    *each(
        "SEQ-04",
        "report",
        MetadataOutsideTheNet=before(lambda _, results: results.metadata.summary_stats),
        StartOutsideTheNet=before(look_up_start),
        CopyOutsideTheNet=before(lambda _, results: results.to_simple_dict()),
        TextOutsideTheNet=before(write_as_text),
    ),
    # Fails on a key with a percent sign.
    Mutant("PercentInMessages", "SEQ-04", upload=formatted_twice),
)
