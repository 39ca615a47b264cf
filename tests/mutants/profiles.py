"""Which AWS profile is used, got wrong (diagram: configuration)."""

import os
from dataclasses import replace
from typing import Any

import botocore.session
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.configuration import Configuration

from .catalogue import mutant
from .configuration import UNEXPLAINED, Options
from .over_reference import ChangedConfiguration


@mutant(
    "configuration: valid --> profile_set",
    indistinguishable=UNEXPLAINED,
    spares=(
        "ARC-20 ARC-23 CFG-01 CFG-03 CFG-05 CFG-07 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 "
        "CFG-45 CFG-14 CFG-40 CFG-41 CFG-42 CFG-43 CFG-18 CFG-19 CFG-21 CFG-23 CFG-51 "
        "CFG-53 CFG-55 CFG-57 CFG-61 CFG-62 CFG-63 CFG-66 CFG-67 ERR-28 ERR-61 ERR-21 "
        "ERR-22 ERR-36 ERR-23 EXT-ATOMIC-02 EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 "
        "EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 EXT-SECRETS-01 "
        "EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 "
        "EXT-SECRETS-07 EXT-PREFLIGHT-01 EXT-PROFILE-01 EXT-PROFILE-02"
    ),
)
class ProfileRequired(S3Reporter):
    """Is ready only with a profile."""

    def validate(self) -> bool:
        return bool(self.configuration.profile) and super().validate()


@mutant(
    "configuration: profile_set - Yes -> configured_profile",
    kills=(
        "CFG-01 CFG-03 CFG-05 CFG-07 CFG-14 CFG-21 CFG-23 CFG-51 CFG-53 CFG-55 CFG-57 "
        "CFG-61 CFG-62 CFG-63 CFG-66 CFG-67 ERR-21"
    ),
)
class ProfileIgnored(ChangedConfiguration):
    """Never looks at the option aws_profile."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=os.getenv("AWS_PROFILE") or None)


@mutant(
    "configuration: profile_set - No -> default_profile",
    kills=(
        "CFG-02 CFG-04 CFG-06 CFG-08 CFG-17 CFG-22 CFG-52 CFG-54 CFG-56 CFG-58 CFG-64 "
        "CFG-65 EXT-ENVIRONMENT-01 EXT-ENVIRONMENT-02 EXT-ENVIRONMENT-03"
    ),
)
class LastProfileTaken(ChangedConfiguration):
    """Takes any profile where none is configured."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        profiles = botocore.session.Session().available_profiles
        return replace(configuration, profile=configuration.profile or next(reversed(profiles), ""))


@mutant(
    "configuration: profile_set - Yes -> configured_profile",
    interpretation=8,
    kills=(
        "CFG-01 CFG-03 CFG-05 CFG-07 CFG-14 CFG-21 CFG-23 CFG-51 CFG-53 CFG-55 CFG-57 "
        "CFG-61 CFG-62 CFG-63 CFG-66 CFG-67 ERR-21 EXT-ENVIRONMENT-01 "
        "EXT-ENVIRONMENT-02 EXT-ENVIRONMENT-03 EXT-PROFILE-01 EXT-PROFILE-02"
    ),
)
class DefaultProfileForced(ChangedConfiguration):
    """Takes the profile called default, whatever is configured."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile="default")


@mutant(
    interpretation=8,
    kills="EXT-ENVIRONMENT-01 EXT-ENVIRONMENT-02 EXT-ENVIRONMENT-03 EXT-PROFILE-01 EXT-PROFILE-02",
)
class DefaultProfileByName(ChangedConfiguration):
    """Asks for the profile called default where none is configured, so that AWS_PROFILE is lost."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=options.get("aws_profile") or "default")


@mutant(interpretation=8, kills="CFG-14")
class ProfileOfEnvironmentWins(ChangedConfiguration):
    """Prefers AWS_PROFILE to the option aws_profile."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=os.getenv("AWS_PROFILE") or configuration.profile)


@mutant(
    "configuration: configured_profile --> ready",
    kills=(
        "CFG-01 CFG-03 CFG-05 CFG-07 CFG-14 CFG-21 CFG-23 CFG-51 CFG-53 CFG-55 CFG-57 "
        "CFG-61 CFG-62 CFG-63 CFG-66 CFG-67 ERR-21 EXT-PROFILE-01 EXT-PROFILE-02"
    ),
)
class ProfileOnlyForReading(S3Reporter):
    """Looks at the bucket with the configured profile, and uploads with the default one."""

    def report(self, results: Any) -> str:
        self.__dict__["_client"] = s3_client(replace(self.configuration, profile=None))
        return super().report(results)


@mutant(
    "configuration: default_profile --> ready",
    indistinguishable=UNEXPLAINED,
    spares=(
        "ARC-20 ARC-23 CFG-01 CFG-03 CFG-05 CFG-07 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 "
        "CFG-45 CFG-14 CFG-40 CFG-41 CFG-42 CFG-43 CFG-18 CFG-19 CFG-21 CFG-23 CFG-51 "
        "CFG-53 CFG-55 CFG-57 CFG-61 CFG-62 CFG-63 CFG-66 CFG-67 ERR-28 ERR-61 ERR-21 "
        "ERR-22 ERR-36 ERR-23 EXT-ATOMIC-02 EXT-ENVIRONMENT-01 EXT-ENVIRONMENT-02 "
        "EXT-ENVIRONMENT-03 EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 "
        "EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 "
        "EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 EXT-SECRETS-07 EXT-PREFLIGHT-01 "
        "EXT-PROFILE-01 EXT-PROFILE-02"
    ),
)
class CredentialsRequiredInEnvironment(S3Reporter):
    """Is ready only with a profile, or with credentials in the environment."""

    def validate(self) -> bool:
        named = self.configuration.profile or os.getenv("AWS_ACCESS_KEY_ID")
        return bool(named) and super().validate()


@mutant(interpretation=8, kills="CFG-17 EXT-PROFILE-02")
class EmptyProfileTakenAsSet(ChangedConfiguration):
    """Takes an empty aws_profile for a profile that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=options.get("aws_profile", configuration.profile))


@mutant("configuration: profile_set - Yes -> configured_profile", kills="CFG-14")
class DefaultIsNoName(ChangedConfiguration):
    """Takes the profile `default` for none, so that the environment names another."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        named = os.environ.get("AWS_PROFILE")
        profile = named if named and configuration.profile == "default" else configuration.profile
        return replace(configuration, profile=profile)
