"""Other ways to deal with the time zone, the locale and the folders of the machine."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import yaml

from .naming import instant
from .plain import Plain, variant

CREDENTIALS = Path.home() / ".aws" / "credentials"


# The instant in local time, with its zone.
LocalTimeWithZone = variant(timestamp=lambda _, started: instant(started).astimezone().isoformat())


class LocaleEncoding(Plain):
    """Text in the encoding of the locale, which is UTF-8."""

    def serialize(self, data: Any) -> bytes:
        file = self.output_dir.parent / "report"
        try:
            with file.open("w") as opened:
                if self.format == "json":
                    json.dump(data, opened, ensure_ascii=False)
                else:
                    # In other styles, PyYAML then writes U+0085 so that it is read as a space.
                    yaml.safe_dump(data, opened, allow_unicode=True, default_style='"')
            return file.read_bytes()
        finally:
            file.unlink()


class HomeAtImport(Plain):
    """The path of the credentials in HOME as it was when the module was imported."""

    @cached_property
    def client(self) -> Any:
        session = botocore.session.Session(profile=self.profile)
        session.set_config_variable("credentials_file", str(CREDENTIALS))
        return boto3.Session(botocore_session=session, region_name=self.region).client(
            "s3", config=self.sdk_config
        )
