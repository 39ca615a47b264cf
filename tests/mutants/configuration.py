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


@mutant(aim="CFG-01")
class OptionsIgnored(S3Reporter):
    """Takes nothing from the options."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__({}, output_dir)


@mutant(aim="CFG-04")
class RegionOfEnvironmentWins(ChangedConfiguration):
    """Prefers AWS_REGION to the option aws_region."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, region=os.getenv("AWS_REGION") or configuration.region)


@mutant(aim="CFG-01")
class RegionVariableIgnored(ChangedConfiguration):
    """Never looks at AWS_REGION."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = options.get("aws_region") or os.getenv("AWS_DEFAULT_REGION") or ""
        return replace(configuration, region=region)


@mutant(aim="CFG-04")
class DefaultRegionOverridesAll(ChangedConfiguration):
    """Prefers AWS_DEFAULT_REGION to the option and to AWS_REGION."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = os.getenv("AWS_DEFAULT_REGION")
        return replace(configuration, region=region or configuration.region)


@mutant(aim="CFG-04")
class RegionOfProfileWins(S3Reporter):
    """Prefers the region that the profile sets."""

    @cached_property
    def _client(self) -> Any:
        profile = botocore.session.Session(profile=self.configuration.profile)
        region = profile.get_scoped_config().get("region")
        return s3_client(replace(self.configuration, region=region or self.configuration.region))


@mutant(aim="CFG-04")
class DefaultRegionWins(ChangedConfiguration):
    """Prefers AWS_DEFAULT_REGION to AWS_REGION."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = options.get("aws_region") or os.getenv("AWS_DEFAULT_REGION")
        return replace(configuration, region=region or configuration.region)


@mutant(aim="CFG-07")
class EmptyRegionHidesDefault(ChangedConfiguration):
    """Does not look at AWS_DEFAULT_REGION if AWS_REGION is there, though empty."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        hidden = os.getenv("AWS_REGION") == "" and not options.get("aws_region")
        return replace(configuration, region="") if hidden else configuration


@mutant(aim="EXT-REGION-01")
class DefaultRegionUnknown(ChangedConfiguration):
    """Never looks at AWS_DEFAULT_REGION, although it says so."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        region = options.get("aws_region") or os.getenv("AWS_REGION") or ""
        return replace(configuration, region=region)


@mutant(aim="CFG-01")
class RegionOfEnvironmentRefused(S3Reporter):
    """Uses the region of the environment, but is ready only with one that is configured."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.region = options.get("aws_region")

    def validate(self) -> bool:
        return bool(self.region) and super().validate()


@mutant(aim="CFG-02")
class RegionNotValidated(S3Reporter):
    """Is ready without a region."""

    def validate(self) -> bool:
        return self.problem() is None if self.configuration.region else True


@mutant(aim="CFG-02")
class RegionAssumed(ChangedConfiguration):
    """Takes us-east-1 where no region is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, region=configuration.region or "us-east-1")


@mutant(aim="CFG-05")
class BucketOfEnvironmentWins(ChangedConfiguration):
    """Prefers ASH_S3_BUCKET_NAME to the option bucket_name."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        bucket = os.getenv("ASH_S3_BUCKET_NAME")
        return replace(configuration, bucket=bucket or configuration.bucket)


@mutant(aim="CFG-01")
class BucketVariableMisspelt(ChangedConfiguration):
    """Looks for the bucket in ASH_S3_BUCKET."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        bucket = options.get("bucket_name") or os.getenv("ASH_S3_BUCKET") or ""
        return replace(configuration, bucket=bucket)


@mutant(aim="CFG-01")
class BucketOfEnvironmentRefused(S3Reporter):
    """Uses the bucket of the environment, but is ready only with one that is configured."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.bucket = options.get("bucket_name")

    def validate(self) -> bool:
        return bool(self.bucket) and super().validate()


@mutant(aim="CFG-02")
class BucketNotValidated(S3Reporter):
    """Is ready without a bucket."""

    def validate(self) -> bool:
        return self.problem() is None if self.configuration.bucket else True


@mutant(aim="CFG-07")
class EmptyRegionTakenAsSet(ChangedConfiguration):
    """Takes an empty aws_region for a region that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, region=options.get("aws_region", configuration.region))


@mutant(aim="CFG-07")
class EmptyBucketTakenAsSet(ChangedConfiguration):
    """Takes an empty bucket_name for a bucket that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, bucket=options.get("bucket_name", configuration.bucket))


@mutant(aim="CFG-01")
class RegionsOfOnePartition(S3Reporter):
    """Knows the regions of the commercial partition only."""

    def validate(self) -> bool:
        region = self.configuration.region
        known = not region.startswith(("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-"))
        return known and super().validate()


@mutant(aim="CFG-01")
class PrefixRequired(S3Reporter):
    """Is ready only with a prefix."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.prefixed = "key_prefix" in options

    def validate(self) -> bool:
        return self.prefixed and super().validate()


@mutant(aim="SEQ-01")
class FormatRequired(S3Reporter):
    """Fails where no format is configured."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.format = options.get("file_format")

    def report(self, results: Any) -> str:
        return super().report(results) if self.format else "file_format is not set"


@mutant(aim="FMT-05")
class OtherFormatByDefault(ChangedPut):
    """Uploads YAML where no format is configured, under a name that ends with .json."""

    def __init__(self, options: Options, output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.format = options.get("file_format")

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        if not self.format:
            arguments["Body"] = yaml.safe_dump(json.loads(arguments["Body"])).encode()
        return put_object(**arguments)


@mutant(aim="CFG-07")
class EmptyFormatTakenAsSet(ChangedConfiguration):
    """Takes an empty file_format for a format that is set."""

    def change(self, configuration: Configuration, options: Options) -> Configuration:
        return replace(configuration, file_format=options.get("file_format", "json"))


@mutant(aim="CFG-01")
class DotsRefused(S3Reporter):
    """Is not ready with a bucket whose name has dots."""

    def validate(self) -> bool:
        return "." not in self.configuration.bucket and super().validate()
