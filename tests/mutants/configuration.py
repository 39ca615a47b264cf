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
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.configuration import Configuration

from .catalogue import mutant
from .over_reference import ChangedConfiguration, ChangedPut

Options = Mapping[str, Any]

UNREAD = "which region is used does not tell whether AWS_REGION was looked at"
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
        "ARC-20 ARC-23 CFG-08 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 CFG-45 CFG-18 CFG-19 "
        "CFG-26 CFG-65 ERR-27 ERR-25 ERR-61 ERR-21 ERR-22 ERR-36 ERR-23 EXT-ATOMIC-02 "
        "EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 "
        "EXT-LIVE-05 EXT-LIVE-06 EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 "
        "EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 EXT-SECRETS-07 EXT-PREFLIGHT-01"
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
    kills=(
        "CFG-05 CFG-06 CFG-07 CFG-08 CFG-42 CFG-43 CFG-15 CFG-26 CFG-55 CFG-56 CFG-57 "
        "CFG-58 CFG-62 CFG-63 CFG-65 EXT-REGION-02"
    ),
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


@mutant(interpretation=8, kills="EXT-REGION-03")
class EmptyRegionHidesDefault(ChangedConfiguration):
    """Does not look at AWS_DEFAULT_REGION if AWS_REGION is there, though empty."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        hidden = os.getenv("AWS_REGION") == "" and not options.get("aws_region")
        return replace(configuration, region="") if hidden else configuration


@mutant(interpretation=8, kills="EXT-REGION-01 EXT-REGION-03")
class DefaultRegionUnknown(ChangedConfiguration):
    """Never looks at AWS_DEFAULT_REGION, although it says so."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = options.get("aws_region") or os.getenv("AWS_REGION") or ""
        return replace(configuration, region=region)


@mutant(
    "configuration: region_in_environment - Yes -> bucket_set",
    indistinguishable={"configuration: region_set - No -> region_variable": SILENT},
    kills=(
        "CFG-05 CFG-06 CFG-07 CFG-08 CFG-42 CFG-43 CFG-15 CFG-26 CFG-55 CFG-56 CFG-57 "
        "CFG-58 CFG-62 CFG-63 CFG-65 EXT-REGION-01 EXT-REGION-03 EXT-REGION-02"
    ),
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
    kills=("CFG-09 CFG-47 CFG-18 EXT-GUARD-01"),
)
class RegionNotValidated(S3Reporter):
    """Is ready without a region."""

    def validate(self) -> bool:
        return self.problem() is None if self.configuration.region else True


@mutant(
    "configuration: region_in_environment - No -> invalid",
    kills=("CFG-09 CFG-47 CFG-18 EXT-GUARD-01"),
)
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
    kills=(
        "CFG-03 CFG-04 CFG-07 CFG-08 CFG-16 CFG-26 CFG-53 CFG-54 CFG-57 CFG-58 CFG-62 "
        "CFG-64 CFG-65 CFG-67 SEQ-04"
    ),
)
class BucketVariableMisspelt(ChangedConfiguration):
    """Looks for the bucket in ASH_S3_BUCKET."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        bucket = options.get("bucket_name") or os.getenv("ASH_S3_BUCKET") or ""
        return replace(configuration, bucket=bucket)


@mutant(
    "configuration: bucket_in_environment - Yes -> valid",
    indistinguishable=UNEXPLAINED,
    kills=(
        "CFG-03 CFG-04 CFG-07 CFG-08 CFG-16 CFG-26 CFG-53 CFG-54 CFG-57 CFG-58 CFG-62 "
        "CFG-64 CFG-65 CFG-67 SEQ-04"
    ),
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


@mutant(interpretation=8, kills="CFG-20")
class RegionsOfOnePartition(S3Reporter):
    """Knows the regions of the commercial partition only."""

    def validate(self) -> bool:
        region = self.configuration.region
        known = not region.startswith(("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-"))
        return known and super().validate()


@mutant(interpretation=8, kills="CFG-25 CFG-26 EXT-PREFIX-01 CFG-27")
class PrefixRequired(S3Reporter):
    """Is ready only with a prefix."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.prefixed = "key_prefix" in options

    def validate(self) -> bool:
        return self.prefixed and super().validate()


@mutant(interpretation=8, kills="CFG-25 CFG-26 CFG-27")
class FormatRequired(S3Reporter):
    """Fails where no format is configured."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.format = options.get("file_format")

    def report(self, results: Any) -> str:
        return super().report(results) if self.format else "file_format is not set"


@mutant(interpretation=8, kills="CFG-25 CFG-26 CFG-27")
class OtherFormatByDefault(ChangedPut):
    """Uploads YAML where no format is configured, under a name that ends with .json."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.format = options.get("file_format")

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        if not self.format:
            arguments["Body"] = yaml.safe_dump(json.loads(arguments["Body"])).encode()
        return put_object(**arguments)


@mutant(interpretation=8, kills="CFG-27")
class EmptyFormatTakenAsSet(ChangedConfiguration):
    """Takes an empty file_format for a format that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, file_format=options.get("file_format", "json"))


@mutant(interpretation=8, kills="CFG-28")
class DotsRefused(S3Reporter):
    """Is not ready with a bucket whose name has dots."""

    def validate(self) -> bool:
        return "." not in self.configuration.bucket and super().validate()
