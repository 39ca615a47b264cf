"""Where the settings come from, got wrong (diagram: configuration)."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import botocore.session
import yaml
from botocore.exceptions import BotoCoreError, ClientError
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.configuration import Configuration

from .catalogue import mutant
from .over_reference import ChangedConfiguration, ChangedPut

Options = Mapping[str, Any]

UNREAD = "which region is used does not tell whether AWS_REGION was looked at"
UNSEEN = "`ready` does not tell whether what is missing was noticed"
SILENT = "`validate` answers yes or no, and this reporter does not say why"
UNEXPLAINED = {
    "configuration: region_set - Yes -> bucket_set": SILENT,
    "configuration: region_set - No -> region_variable": SILENT,
}


@mutant(
    "configuration: begin --> region_set",
    "configuration: region_set - Yes -> bucket_set",
    "configuration: bucket_set - Yes -> valid",
    "configuration: profile_set - Yes -> configured_profile",
    spares=(
        "CFG-08 CFG-09 CFG-10 CFG-11 CFG-18 CFG-19 CFG-26 ERR-27 ERR-25 ERR-21 ERR-22 "
        "EXT-GUARD-01 EXT-GUARD-02 EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 "
        "EXT-PREFLIGHT-01 EXT-PREFLIGHT-02 ARC-20 CFG-44 CFG-45 ERR-60 ERR-61 LOC-21 "
        "EXT-ATOMIC-02 EXT-SECRETS-04 EXT-SECRETS-05 ERR-23"
    ),
)
class OptionsIgnored(S3Reporter):
    """Takes nothing from the options."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__({}, output_dir)


@mutant("configuration: region_set - Yes -> bucket_set", kills="CFG-12")
class RegionOfEnvironmentWins(ChangedConfiguration):
    """Prefers AWS_REGION to the option aws_region."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, region=os.getenv("AWS_REGION") or configuration.region)


@mutant(
    "configuration: region_set - No -> region_variable",
    kills=("CFG-05 CFG-06 CFG-07 CFG-08 CFG-15 CFG-26 EXT-REGION-02 CFG-42 CFG-43"),
)
class RegionVariableIgnored(ChangedConfiguration):
    """Never looks at AWS_REGION."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = options.get("aws_region") or os.getenv("AWS_DEFAULT_REGION") or ""
        return replace(configuration, region=region)


@mutant(
    "configuration: region_set - Yes -> bucket_set",
    "configuration: region_variable --> region_in_environment",
    indistinguishable={"configuration: region_set - No -> region_variable": UNREAD},
    kills="CFG-40 CFG-42 EXT-REGION-02",
)
class DefaultRegionOverridesAll(ChangedConfiguration):
    """Prefers AWS_DEFAULT_REGION to the option and to AWS_REGION."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = os.getenv("AWS_DEFAULT_REGION")
        return replace(configuration, region=region or configuration.region)


@mutant(
    "configuration: region_set - Yes -> bucket_set",
    "configuration: region_variable --> region_in_environment",
    indistinguishable={"configuration: region_set - No -> region_variable": UNREAD},
    kills="CFG-41 CFG-43",
)
class RegionOfProfileWins(S3Reporter):
    """Prefers the region that the profile sets."""

    @cached_property
    def _client(self) -> Any:
        profile = botocore.session.Session(profile=self.configuration.profile)
        region = profile.get_scoped_config().get("region")
        return s3_client(replace(self.configuration, region=region or self.configuration.region))


@mutant(
    "configuration: region_variable --> region_in_environment",
    indistinguishable={"configuration: region_set - No -> region_variable": UNREAD},
    kills="CFG-42 EXT-REGION-02",
)
class DefaultRegionWins(ChangedConfiguration):
    """Prefers AWS_DEFAULT_REGION to AWS_REGION."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = options.get("aws_region") or os.getenv("AWS_DEFAULT_REGION")
        return replace(configuration, region=region or configuration.region)


@mutant(interpretation=8, kills="EXT-REGION-01")
class DefaultRegionUnknown(ChangedConfiguration):
    """Never looks at AWS_DEFAULT_REGION, although it says so."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = options.get("aws_region") or os.getenv("AWS_REGION") or ""
        return replace(configuration, region=region)


@mutant(
    "configuration: region_in_environment - Yes -> bucket_set",
    indistinguishable={"configuration: region_set - No -> region_variable": SILENT},
    kills=("CFG-05 CFG-06 CFG-07 CFG-08 CFG-15 CFG-26 EXT-REGION-01 EXT-REGION-02 CFG-42 CFG-43"),
)
class RegionOfEnvironmentRefused(S3Reporter):
    """Uses the region of the environment, but is ready only with one that is configured."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.region = options.get("aws_region")

    def validate(self) -> bool:
        return bool(self.region) and super().validate()


@mutant(
    "configuration: region_in_environment - No -> invalid",
    kills="CFG-09 CFG-18 EXT-GUARD-01",
)
class RegionNotValidated(S3Reporter):
    """Is ready without a region."""

    def validate(self) -> bool:
        return self.problem() is None if self.configuration.region else True


@mutant("configuration: region_in_environment - No -> invalid", kills="CFG-09 CFG-18 EXT-GUARD-01")
class RegionAssumed(ChangedConfiguration):
    """Takes us-east-1 where no region is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, region=configuration.region or "us-east-1")


@mutant("configuration: bucket_set - Yes -> valid", kills="CFG-13")
class BucketOfEnvironmentWins(ChangedConfiguration):
    """Prefers ASH_S3_BUCKET_NAME to the option bucket_name."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        bucket = os.getenv("ASH_S3_BUCKET_NAME")
        return replace(configuration, bucket=bucket or configuration.bucket)


@mutant(
    "configuration: bucket_set - No -> bucket_variable",
    "configuration: bucket_variable --> bucket_in_environment",
    kills="CFG-03 CFG-04 CFG-07 CFG-08 CFG-16 CFG-26 SEQ-04",
)
class BucketVariableMisspelt(ChangedConfiguration):
    """Looks for the bucket in ASH_S3_BUCKET."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        bucket = options.get("bucket_name") or os.getenv("ASH_S3_BUCKET") or ""
        return replace(configuration, bucket=bucket)


@mutant(
    "configuration: bucket_in_environment - Yes -> valid",
    indistinguishable=UNEXPLAINED,
    kills="CFG-03 CFG-04 CFG-07 CFG-08 CFG-16 CFG-26 SEQ-04",
)
class BucketOfEnvironmentRefused(S3Reporter):
    """Uses the bucket of the environment, but is ready only with one that is configured."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.bucket = options.get("bucket_name")

    def validate(self) -> bool:
        return bool(self.bucket) and super().validate()


@mutant(
    "configuration: bucket_in_environment - No -> invalid",
    kills="CFG-10 CFG-11 CFG-19 EXT-GUARD-02",
)
class BucketNotValidated(S3Reporter):
    """Is ready without a bucket."""

    def validate(self) -> bool:
        return self.problem() is None if self.configuration.bucket else True


@mutant(
    "configuration: valid --> profile_set",
    indistinguishable=UNEXPLAINED,
    spares=(
        "ARC-20 CFG-01 CFG-03 CFG-05 CFG-07 CFG-09 CFG-10 CFG-11 CFG-44 CFG-45 CFG-14 "
        "CFG-40 CFG-41 CFG-42 CFG-43 CFG-18 CFG-19 CFG-21 CFG-23 ERR-60 ERR-61 ERR-21 "
        "ERR-22 LOC-21 EXT-ATOMIC-02 EXT-GUARD-01 EXT-GUARD-02 EXT-SECRETS-01 "
        "EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 EXT-PREFLIGHT-01 "
        "EXT-PROFILE-01 EXT-PROFILE-02 ERR-23"
    ),
)
class ProfileRequired(S3Reporter):
    """Is ready only with a profile."""

    def validate(self) -> bool:
        return bool(self.configuration.profile) and super().validate()


@mutant(
    "configuration: profile_set - Yes -> configured_profile",
    kills="CFG-01 CFG-03 CFG-05 CFG-07 CFG-14 CFG-21 CFG-23 ERR-21",
)
class ProfileIgnored(ChangedConfiguration):
    """Never looks at the option aws_profile."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=os.getenv("AWS_PROFILE") or None)


@mutant(
    "configuration: profile_set - No -> default_profile",
    kills=(
        "CFG-02 CFG-04 CFG-06 CFG-08 CFG-17 CFG-22 EXT-ENVIRONMENT-01 EXT-ENVIRONMENT-02 "
        "EXT-ENVIRONMENT-03"
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
        "CFG-01 CFG-03 CFG-05 CFG-07 CFG-14 CFG-21 CFG-23 ERR-21 EXT-ENVIRONMENT-01 "
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
    kills=("CFG-01 CFG-03 CFG-05 CFG-07 CFG-14 CFG-21 CFG-23 ERR-21 EXT-PROFILE-01 EXT-PROFILE-02"),
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
        "ARC-20 CFG-01 CFG-03 CFG-05 CFG-07 CFG-09 CFG-10 CFG-11 CFG-44 CFG-45 CFG-14 "
        "CFG-40 CFG-41 CFG-42 CFG-43 CFG-18 CFG-19 CFG-21 CFG-23 ERR-60 ERR-61 ERR-21 "
        "ERR-22 LOC-21 EXT-ATOMIC-02 EXT-ENVIRONMENT-01 EXT-ENVIRONMENT-02 "
        "EXT-ENVIRONMENT-03 EXT-GUARD-01 EXT-GUARD-02 "
        "EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 "
        "EXT-SECRETS-05 EXT-PREFLIGHT-01 EXT-PROFILE-01 EXT-PROFILE-02 ERR-23"
    ),
)
class CredentialsRequiredInEnvironment(S3Reporter):
    """Is ready only with a profile, or with credentials in the environment."""

    def validate(self) -> bool:
        named = self.configuration.profile or os.getenv("AWS_ACCESS_KEY_ID")
        return bool(named) and super().validate()


@mutant(interpretation=8, kills="CFG-15")
class EmptyRegionTakenAsSet(ChangedConfiguration):
    """Takes an empty aws_region for a region that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, region=options.get("aws_region", configuration.region))


@mutant(interpretation=8, kills="CFG-16")
class EmptyBucketTakenAsSet(ChangedConfiguration):
    """Takes an empty bucket_name for a bucket that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, bucket=options.get("bucket_name", configuration.bucket))


@mutant(interpretation=8, kills="CFG-17 EXT-PROFILE-02")
class EmptyProfileTakenAsSet(ChangedConfiguration):
    """Takes an empty aws_profile for a profile that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, profile=options.get("aws_profile", configuration.profile))


@mutant(interpretation=8, kills="CFG-20")
class RegionsOfOnePartition(S3Reporter):
    """Knows the regions of the commercial partition only."""

    def validate(self) -> bool:
        region = self.configuration.region
        known = not region.startswith(("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-"))
        return known and super().validate()


@mutant(interpretation=8, kills="CFG-25 CFG-26 EXT-PREFIX-01")
class PrefixRequired(S3Reporter):
    """Is ready only with a prefix."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.prefixed = "key_prefix" in options

    def validate(self) -> bool:
        return self.prefixed and super().validate()


@mutant(interpretation=8, kills="CFG-25 CFG-26")
class FormatRequired(S3Reporter):
    """Fails where no format is configured."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.format = options.get("file_format")

    def report(self, results: Any) -> str:
        return super().report(results) if self.format else "file_format is not set"


@mutant(interpretation=8, kills="CFG-25 CFG-26")
class OtherFormatByDefault(ChangedPut):
    """Uploads YAML where no format is configured, under a name that ends with .json."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.format = options.get("file_format")

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        if not self.format:
            arguments["Body"] = yaml.safe_dump(json.loads(arguments["Body"])).encode()
        return put_object(**arguments)


@mutant(
    "configuration: ready --> done",
    "architecture: core --> reporter",
    "report_sequence: report_results --> process_scan_results",
    "local_output: begin --> content",
    indistinguishable=UNEXPLAINED,
    spares=(
        "ARC-20 CFG-09 CFG-10 CFG-11 CFG-44 CFG-45 CFG-18 CFG-19 ERR-60 ERR-61 ERR-21 "
        "ERR-22 LOC-21 EXT-ATOMIC-02 EXT-GUARD-01 EXT-GUARD-02 EXT-SECRETS-01 "
        "EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 EXT-PREFLIGHT-01 "
        "ERR-23"
    ),
)
class NeverReady(S3Reporter):
    """Is never ready."""

    def validate(self) -> bool:
        return False


@mutant(
    "configuration: invalid --> disabled",
    indistinguishable={
        "configuration: region_in_environment - No -> invalid": UNSEEN,
        "configuration: bucket_in_environment - No -> invalid": UNSEEN,
    },
    kills=("CFG-09 CFG-10 CFG-11 CFG-18 CFG-19 EXT-GUARD-01 EXT-GUARD-02 EXT-PREFLIGHT-01 "),
)
class AlwaysReady(S3Reporter):
    """Is always ready."""

    def validate(self) -> bool:
        return True


@mutant("configuration: disabled --> done", kills="EXT-GUARD-01 EXT-GUARD-02")
class DisabledButReports(S3Reporter):
    """Reports although it is disabled, to a region and a bucket of its own choice."""

    def report(self, results: Any) -> str:
        found = self.configuration
        self.configuration = replace(
            found, region=found.region or "us-east-1", bucket=found.bucket or "ash-reports"
        )
        return super().report(results)


@mutant(
    interpretation=9,
    spares=(
        "ARC-01 ARC-04 ARC-05 ARC-06 CFG-01 CFG-02 CFG-03 CFG-04 CFG-05 CFG-06 CFG-07 "
        "CFG-08 CFG-09 CFG-10 CFG-11 CFG-12 CFG-13 CFG-14 CFG-15 CFG-16 CFG-17 CFG-18 "
        "CFG-19 CFG-20 CFG-21 CFG-22 CFG-23 ERR-28 ERR-32 ERR-21 ERR-22 ERR-23 INT-02 INT-07 "
        "INT-08 INT-04 INT-05 EXT-ATHENA-03 EXT-REGION-01 EXT-REGION-02 "
        "EXT-ENVIRONMENT-01 EXT-ENVIRONMENT-02 EXT-ENVIRONMENT-03 EXT-GUARD-01 EXT-GUARD-02 "
        "EXT-HADOOP-02 "
        "EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 EXT-PREFLIGHT-03 EXT-PROFILE-01 "
        "EXT-PROFILE-02 EXT-RETRY-07 ARC-21 ARC-22 CFG-44 CFG-45 CFG-40 CFG-41 CFG-42 CFG-43 "
        "ERR-60 ERR-61 LOC-21 EXT-ATOMIC-02 EXT-SECRETS-04 EXT-SECRETS-05"
    ),
)
class BucketTriedByWriting(S3Reporter):
    """Finds out whether it may use the bucket by putting something into it."""

    def validate(self) -> bool:
        if self.configuration.missing:
            return super().validate()
        try:
            self._client.put_object(Bucket=self.configuration.bucket, Key="ash-test", Body=b"")
        except Exception:  # noqa: BLE001 -- whatever it is, the bucket is of no use
            return False
        return True


@mutant(interpretation=4, kills="EXT-PREFLIGHT-01")
class NoPreflight(S3Reporter):
    """Never looks at the bucket when it validates, although it says so."""

    def validate(self) -> bool:
        return not self.configuration.missing


@mutant(interpretation=4, kills="EXT-PREFLIGHT-04")
class ForbiddenTakenForUnusable(S3Reporter):
    """Is not ready if it may not list the bucket, although it need not."""

    def problem(self) -> str | None:
        problem = super().problem()
        if problem is None:
            try:
                self._client.head_bucket(Bucket=self.configuration.bucket)
            except (BotoCoreError, ClientError) as error:
                return str(error) if "403" in str(error) else None
        return problem
