"""Which AWS profile is used, got wrong (diagram: configuration)."""

import os
from dataclasses import replace
from typing import Any

import botocore.session
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.configuration import Configuration

from .catalogue import mutant
from .configuration import Options
from .over_reference import ChangedConfiguration


@mutant(aim="CFG-01")
class ProfileRequired(S3Reporter):
    """Is ready only with a profile."""

    def validate(self) -> bool:
        return bool(self.configuration.profile) and super().validate()


@mutant(aim="CFG-06")
class ProfileIgnored(ChangedConfiguration):
    """Never looks at the option aws_profile."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=os.getenv("AWS_PROFILE") or None)


@mutant(aim="CFG-06")
class LastProfileTaken(ChangedConfiguration):
    """Takes any profile where none is configured."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        profiles = botocore.session.Session().available_profiles
        return replace(configuration, profile=configuration.profile or next(reversed(profiles), ""))


@mutant(aim="CFG-06")
class DefaultProfileForced(ChangedConfiguration):
    """Takes the profile called default, whatever is configured."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile="default")


@mutant(aim="EXT-PROFILE-01")
class DefaultProfileByName(ChangedConfiguration):
    """Asks for the profile called default where none is configured, so that AWS_PROFILE is lost."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=options.get("aws_profile") or "default")


@mutant(aim="CFG-06")
class ProfileOfEnvironmentWins(ChangedConfiguration):
    """Prefers AWS_PROFILE to the option aws_profile."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=os.getenv("AWS_PROFILE") or configuration.profile)


@mutant(aim="CFG-06")
class ProfileOnlyForReading(S3Reporter):
    """Looks at the bucket with the configured profile, and uploads with the default one."""

    def report(self, results: Any) -> str:
        self.__dict__["_client"] = s3_client(replace(self.configuration, profile=None))
        return super().report(results)


@mutant(aim="CFG-01")
class CredentialsRequiredInEnvironment(S3Reporter):
    """Is ready only with a profile, or with credentials in the environment."""

    def validate(self) -> bool:
        named = self.configuration.profile or os.getenv("AWS_ACCESS_KEY_ID")
        return bool(named) and super().validate()


@mutant(aim="CFG-07")
class EmptyProfileTakenAsSet(ChangedConfiguration):
    """Takes an empty aws_profile for a profile that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=options.get("aws_profile", configuration.profile))


@mutant(aim="CFG-06")
class DefaultIsNoName(ChangedConfiguration):
    """Takes the profile `default` for none, so that the environment names another."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        named = os.environ.get("AWS_PROFILE")
        profile = named if named and configuration.profile == "default" else configuration.profile
        return replace(configuration, profile=profile)
