"""Credentials taken from the wrong place (interpretation 8)."""

import os
from dataclasses import replace
from functools import cached_property
from typing import Any

import botocore.session
from botocore.config import Config
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client

from .catalogue import mutant


@mutant(aim="CFG-06")
class EnvironmentWinsOverProfile(S3Reporter):
    """Prefers credentials in the environment to the option aws_profile."""

    @cached_property
    def _client(self) -> Any:
        if "AWS_ACCESS_KEY_ID" not in os.environ:
            return s3_client(self.configuration)
        session = botocore.session.Session()
        once = Config(retries={"total_max_attempts": 1})
        return session.create_client("s3", region_name=self.configuration.region, config=once)


@mutant(aim="EXT-ENVIRONMENT-01")
class EnvironmentNotAsked(S3Reporter):
    """Never looks for credentials in the environment, although it says so."""

    @cached_property
    def _client(self) -> Any:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            os.environ.pop(name, None)
        return s3_client(self.configuration)


@mutant(aim="EXT-ENVIRONMENT-01")
class DefaultProfileFirst(S3Reporter):
    """Prefers the default profile, where there is one, to credentials in the environment."""

    @cached_property
    def _client(self) -> Any:
        configuration = self.configuration
        profiles = botocore.session.Session().available_profiles
        if not configuration.profile and "default" in profiles:
            configuration = replace(configuration, profile="default")
        return s3_client(configuration)
