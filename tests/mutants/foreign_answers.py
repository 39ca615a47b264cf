"""Answers that are not S3's, got wrong (diagram: error handling)."""

from functools import cached_property
from http import HTTPStatus
from typing import Any
from xml.etree import ElementTree as ET

from botocore.exceptions import HTTPClientError
from s3_reporter_conformance.reference.client import s3_client

from .catalogue import mutant
from .errors import Uncaught


@mutant(aim="SEQ-04")
class EveryErrorParsed(Uncaught):
    """Parses the body of each error as XML, and catches nothing there."""

    @cached_property
    def _client(self) -> Any:
        client: Any = s3_client(self.configuration)
        client.meta.events.register("before-parse.s3.PutObject", self.parse)
        return client

    def parse(self, response_dict: Any, **_: Any) -> None:
        if response_dict["status_code"] >= HTTPStatus.MULTIPLE_CHOICES:
            ET.fromstring(response_dict["body"])  # noqa: S314 -- the suite's own

    def is_uncaught(self, error: Exception) -> bool:
        return isinstance(error, ET.ParseError)


@mutant(aim="SEQ-04")
class BadStatusLineUncaught(Uncaught):
    """Catches no exception for an answer that is not HTTP."""

    def is_uncaught(self, error: Exception) -> bool:
        return isinstance(error, HTTPClientError) and "BadStatusLine" in repr(error.kwargs)


@mutant(aim="SEQ-04")
class EveryErrorDecoded(EveryErrorParsed):
    """Decodes the body of each error from UTF-8, and catches nothing there."""

    def parse(self, response_dict: Any, **_: Any) -> None:
        if response_dict["status_code"] >= HTTPStatus.MULTIPLE_CHOICES:
            response_dict["body"].decode()

    def is_uncaught(self, error: Exception) -> bool:
        return isinstance(error, UnicodeDecodeError)


@mutant(aim="SEQ-04")
class XmlErrorsParsed(EveryErrorParsed):
    """Parses the body of an error that says that it is XML, and catches nothing there."""

    def parse(self, response_dict: Any, **_: Any) -> None:
        if response_dict["headers"].get("content-type") == "application/xml":
            super().parse(response_dict)
