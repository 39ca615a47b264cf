"""What a language or one of its libraries gets wrong, unless its user knows better."""

import json
import logging
import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, ClassVar

import boto3
import yaml
from botocore.exceptions import ClientError
from dateutil.parser import isoparse
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.conversion import convert
from s3_reporter_conformance.reference.naming import object_key

from .catalogue import mutant
from .conversion import only, walked
from .over_reference import Changed, ChangedConfiguration, ChangedPut, ChangedReturn

logger = logging.getLogger(__name__)


@mutant(aim="KEY-01")
class YearOfTheWeek(Changed):
    """Writes the year of the week, YYYY for yyyy, which differs at the turn of the year."""

    @staticmethod
    def key(prefix: str, started: str | datetime, form: str) -> str:
        moment = isoparse(started) if isinstance(started, str) else started
        moment = moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
        return object_key(prefix, started, form).replace(f"{moment:-%Y}", f"{moment:-%G}")

    changes: ClassVar = {"object_key": key}


@mutant(aim="KEY-02")
class PrefixIsATemplate(Changed):
    """Formats the prefix as a date."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            datetime.now(timezone.utc).strftime(prefix), started, form
        )
    }


@mutant(aim="KEY-02")
class PrefixCutAtItsDot(Changed):
    """Cuts the prefix where it takes an extension to begin."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            prefix.partition(".")[0], started, form
        )
    }


@mutant(aim="FMT-03")
class NumberedNamesBecomeAList(Changed):
    """Turns an object whose names count from 0 into a list, as PHP does."""

    changes: ClassVar = walked(
        lambda value: (
            list(value.values())
            if isinstance(value, dict) and value and [*value] == [*map(str, range(len(value)))]
            else value
        )
    )


@mutant(aim="FMT-03")
class LongTextCut(Changed):
    """Cuts text off after 65,535 characters."""

    changes: ClassVar = walked(lambda value: value[:65_535] if isinstance(value, str) else value)


def parsed(value: Any) -> Any:
    """What a text means as JSON, if it looks like that."""
    match value:
        case dict():
            return {name: parsed(item) for name, item in value.items()}
        case list():
            return [parsed(item) for item in value]
        case str() if value.startswith(("{", "[", "true", "false", "null")):
            with suppress(ValueError):
                return json.loads(value)
    return value


@mutant(aim="FMT-03")
class TextParsedOnceMore(Changed):
    """Parses text that is JSON, such as true, where it writes JSON."""

    changes: ClassVar = {
        "convert": lambda data, form: convert(parsed(data) if form == "json" else data, form)
    }


@mutant(aim="FMT-01")
class LongNamesImplicit(Changed):
    """Writes names of any length as implicit keys in YAML."""

    @staticmethod
    def implicit(_data: Any, document: Any) -> Any:
        data = yaml.load(document.content, yaml.CSafeLoader)
        text = yaml.safe_dump(data, width=10**6)
        explicit = re.compile(r"""(?m)^([ -]*)\? (.{1024,})\n *: ?""")
        return replace(document, content=explicit.sub(r"\1\2: ", text).encode())

    changes: ClassVar = only("yaml", implicit)


@mutant(aim="SEQ-03")
class RedirectTakenForSuccess(ChangedPut):
    """Takes every status below 400 for success."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        try:
            return put_object(**arguments)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 400:
                raise
            return None


@mutant(aim="CFG-01")
class RegionsOfYesterday(ChangedConfiguration):
    """Knows only regions on continents that had some when it was written."""

    def change(self, configuration: Any, options: Any) -> Any:
        known = re.match(r"(us|eu|ap|sa|ca|me|af|il|cn|us-gov|us-iso)-", configuration.region)
        return configuration if known else replace(configuration, region="")


class _OtherClientOnRetry(ChangedPut):
    """Makes a client of its own for each retry."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        retried = "tried" in self.__dict__
        self.__dict__["tried"] = True
        return self.retry(arguments) if retried else put_object(**arguments)

    def retry(self, arguments: dict[str, Any]) -> Any:
        raise NotImplementedError


@mutant(aim="ERR-06")
class ProfileLostOnRetry(_OtherClientOnRetry):
    """Makes a retry with the default profile."""

    def retry(self, arguments: dict[str, Any]) -> Any:
        return s3_client(replace(self.configuration, profile=None)).put_object(**arguments)


@mutant(aim="ERR-06")
class RegionLostOnRetry(_OtherClientOnRetry):
    """Makes a retry in another region."""

    def retry(self, arguments: dict[str, Any]) -> Any:
        return s3_client(replace(self.configuration, region="us-east-1")).put_object(**arguments)


@mutant(aim="ARC-03")
class PermissionGranted(ChangedPut):
    """Gives itself the permission that it lacks."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        try:
            return put_object(**arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] == "AccessDenied":
                with suppress(ClientError):
                    iam = boto3.Session().client("iam", region_name="us-east-1")
                    iam.put_user_policy(UserName="ash", PolicyName="s3", PolicyDocument="{}")
            raise


@mutant(aim="SEQ-02")
class PresignedUrlReturned(ChangedReturn):
    """Returns a presigned URL, which expires."""

    def url(self, bucket: str, key: str) -> str:
        target = {"Bucket": bucket, "Key": key}
        return str(self._client.generate_presigned_url("get_object", Params=target))


@mutant(aim="ERR-13")
class SuccessLoggedAsError(ChangedReturn):
    """Logs an error although there is none."""

    def url(self, bucket: str, key: str) -> str:
        logger.error("The report was uploaded")
        url: str = super().url(bucket, key)
        return url
