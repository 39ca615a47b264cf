"""Other ways to say what became of the upload."""

import os
import sys
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

import boto3
from botocore.exceptions import BotoCoreError

from .plain import Plain


class HttpsUrl(Plain):
    """The URL in its virtual-hosted form, and a terse log on standard output."""

    def url(self, key: str) -> str:
        return f"https://{self.bucket}.s3.{self.region}.amazonaws.com/{quote(key)}"

    def complain(self, message: str) -> None:
        print(message)


class EndpointUrl(Plain):
    """The URL on the endpoint that was used."""

    def url(self, key: str) -> str:
        return f"{os.environ['AWS_ENDPOINT_URL']}/{self.bucket}/{quote(key)}"


class OtherWords(Plain):
    """Plain words instead of codes, on standard error."""

    words: ClassVar[Mapping[str, str]] = {
        "AccessDenied": "you have no permission to write to the bucket",
        "NoSuchBucket": "the bucket was not found",
        "SlowDown": "the service asks to slow down; too many requests",
    }

    def describe(self, error: Any) -> str:
        code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
        return self.words.get(code) or super().describe(error)

    def complain(self, message: str) -> None:
        print(message, file=sys.stderr)


class FindsOutEarly(Plain):
    """Is not ready where there is no such profile, or where there are no credentials."""

    def validate(self) -> bool:
        try:
            session = boto3.Session(profile_name=self.profile)
        except BotoCoreError:
            return False
        return session.get_credentials() is not None and super().validate()


class CopyInAFolder(Plain):
    """A copy with a name of its own, in a folder of its own."""

    def write_copy(self, key: str, content: bytes) -> None:
        folder = self.output_dir / "reports" / "s3" / key.replace("/", "_")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "content").write_bytes(content)
