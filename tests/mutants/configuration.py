"""Settings from the wrong source, and wrong readiness (diagram: configuration)."""

import json
import os
import re
from collections.abc import Container
from configparser import RawConfigParser
from dataclasses import replace
from http import HTTPStatus
from os import getenv
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import yaml
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound
from s3_reporter_conformance.reference.configuration import Configuration

from .mutant import Change, Mutant, before, each, only_if


def first_of(*sources: str, default: str | None = "") -> Change:
    """The value of the first option or environment variable that is set."""
    return lambda _, options: next(
        filter(None, (options.get(source) or getenv(source) for source in sources)), default
    )


def given(option: str, field: str) -> Change:
    """The option, even if it is empty."""
    return lambda found, options: options.get(option, getattr(found, field))


def ready_if(condition: Change) -> Change:
    """Ready if the configuration, or the options, meet one more condition."""
    return only_if(lambda self: condition(self.configuration), otherwise=False)


def ready_if_given(option: str) -> Change:
    return only_if(lambda self: option in self.options, otherwise=False)


def client_with(**fields: Change) -> Change:
    """A client for another configuration."""
    return lambda right, found: right(
        replace(found, **{name: change(found) for name, change in fields.items()})
    )


def known_region(_configuration: Configuration, _options: Any) -> str:
    region = _configuration.region
    return region if re.match(r"(us|eu|ap|sa|ca|me|af|il|cn|us-gov|us-iso)-", region) else ""


def region_of_profile(configuration: Configuration) -> str:
    profile = botocore.session.Session(profile=configuration.profile)
    return profile.get_scoped_config().get("region") or configuration.region


def region_of_profile_if_none(found: Configuration, _options: Any) -> str:
    if found.region or not found.profile:
        return found.region
    return boto3.Session(profile_name=found.profile).region_name or ""


def yaml_by_default(self: Any, right: Any, arguments: Any) -> Any:
    if self.options.get("file_format"):
        return right(arguments)
    content = yaml.safe_dump(json.loads(arguments["Body"])).encode()
    return right({**arguments, "Body": content})


def environment_before_profile(right: Any, configuration: Configuration) -> Any:
    if "AWS_ACCESS_KEY_ID" not in os.environ:
        return right(configuration)
    session = botocore.session.Session()
    once = Config(retries={"total_max_attempts": 1})
    return session.create_client("s3", region_name=configuration.region, config=once)


def environment_not_asked(right: Any, configuration: Configuration) -> Any:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        os.environ.pop(name, None)
    return right(configuration)


def default_profile(found: Configuration) -> str | None:
    there = "default" in botocore.session.Session().available_profiles
    return found.profile or ("default" if there else None)


def last_profile(found: Configuration, _options: Any) -> str:
    profiles = botocore.session.Session().available_profiles
    return found.profile or next(reversed(profiles), "")


def default_is_no_name(found: Configuration, _options: Any) -> str | None:
    named = getenv("AWS_PROFILE")
    return named if named and found.profile == "default" else found.profile


def profile_forgotten(self: Any, _results: Any) -> None:
    self.__dict__.pop("_client", None)
    self.configuration = replace(self.configuration, profile=None)


def own_region_and_bucket(self: Any, _results: Any) -> None:
    found = self.configuration
    self.configuration = replace(
        found, region=found.region or "us-east-1", bucket=found.bucket or "ash-reports"
    )


def bucket_tried_by_writing(self: Any, right: Any) -> bool:
    if self.configuration.missing:
        return bool(right())
    try:
        self.s3.put_object(Bucket=self.configuration.bucket, Key="ash-test", Body=b"")
    except Exception:  # noqa: BLE001 -- whatever it is, the bucket is of no use
        return False
    return True


def unusable_for(statuses: Container[int]) -> Change:
    """Not ready if HeadBucket is answered with one of these HTTP statuses."""

    def problem(self: Any, right: Any) -> Any:
        found = right()
        if found is None:
            try:
                self.s3.head_bucket(Bucket=self.configuration.bucket)
            except ClientError as error:
                status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                return str(error) if status in statuses else None
            except BotoCoreError:
                return None
        return found

    return problem


def short_buckets_alone(self: Any, right: Any) -> Any:
    if re.fullmatch(r"[a-z0-9][a-z0-9.-]{2,39}", self.configuration.bucket):
        return right()
    return right() or "the bucket has no valid name"


_PARTITIONS = ("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-")


def keys_of_one_file(right: Any, found: Configuration) -> Any:
    """A client that knows the keys in the file of credentials alone."""
    keys = RawConfigParser()
    keys.read(Path.home() / ".aws" / "credentials")
    profile = found.profile or "default"
    if not keys.has_section(profile):
        raise ProfileNotFound(profile=profile)
    return right(found)


MUTANTS = (
    Mutant("KeysOfOneFile", "SEQ-01", s3_client=keys_of_one_file),
    Mutant("OptionsIgnored", "CFG-01", __init__=lambda self, right, _, folder: right({}, folder)),
    # The region.
    *each(
        "CFG-04",
        "region",
        RegionOfEnvironmentWins=first_of("AWS_REGION", "aws_region", "AWS_DEFAULT_REGION"),
        DefaultRegionOverridesAll=first_of("AWS_DEFAULT_REGION", "aws_region", "AWS_REGION"),
        DefaultRegionWins=first_of("aws_region", "AWS_DEFAULT_REGION", "AWS_REGION"),
    ),
    Mutant("RegionVariableIgnored", "CFG-01", region=first_of("aws_region", "AWS_DEFAULT_REGION")),
    Mutant("DefaultRegionUnknown", "EXT-REGION-01", region=first_of("aws_region", "AWS_REGION")),
    Mutant(
        "EmptyRegionHidesDefault",
        "CFG-07",
        region=lambda found, options: (
            options.get("aws_region") or getenv("AWS_REGION", found.region)
        ),
    ),
    Mutant("EmptyRegionTakenAsSet", "CFG-07", region=given("aws_region", "region")),
    Mutant(
        "EmptyRegionVariableSuffices",
        "CFG-07",
        region=lambda found, _: found.region or ("us-east-1" if "AWS_REGION" in os.environ else ""),
    ),
    Mutant("RegionAssumed", "CFG-02", region=lambda found, _: found.region or "us-east-1"),
    Mutant("RegionsOfYesterday", "CFG-01", region=known_region),
    Mutant("RegionOfProfileSuffices", "CFG-02", region=region_of_profile_if_none),
    Mutant("RegionOfProfileWins", "CFG-04", s3_client=client_with(region=region_of_profile)),
    Mutant("RegionFixed", "CFG-04", s3_client=client_with(region=lambda _: "us-east-1")),
    Mutant("RegionOfEnvironmentRefused", "CFG-01", validate=ready_if_given("aws_region")),
    Mutant(
        "RegionsOfOnePartition",
        "CFG-01",
        validate=ready_if(lambda found: not found.region.startswith(_PARTITIONS)),
    ),
    Mutant(
        "RegionNotValidated",
        "CFG-02",
        validate=lambda self, _: not self.configuration.region or self.problem() is None,
    ),
    # The bucket.
    Mutant(
        "BucketOfEnvironmentWins", "CFG-05", bucket=first_of("ASH_S3_BUCKET_NAME", "bucket_name")
    ),
    Mutant("BucketVariableMisspelt", "CFG-01", bucket=first_of("bucket_name", "ASH_S3_BUCKET")),
    Mutant("EmptyBucketTakenAsSet", "CFG-07", bucket=given("bucket_name", "bucket")),
    Mutant("BucketOfEnvironmentRefused", "CFG-01", validate=ready_if_given("bucket_name")),
    Mutant(
        "BucketNotValidated",
        "CFG-02",
        validate=lambda self, _: not self.configuration.bucket or self.problem() is None,
    ),
    Mutant("DotsRefused", "CFG-01", validate=ready_if(lambda found: "." not in found.bucket)),
    Mutant("ShortBucketsAlone", "CFG-01", problem=short_buckets_alone),
    # The prefix and the format.
    Mutant("PrefixRequired", "CFG-01", validate=ready_if_given("key_prefix")),
    Mutant(
        "FormatRequired",
        "SEQ-01",
        report=only_if(
            lambda self: self.options.get("file_format"), otherwise="file_format is not set"
        ),
    ),
    Mutant("OtherFormatByDefault", "FMT-05", put=yaml_by_default),
    Mutant("EmptyFormatTakenAsSet", "CFG-07", file_format=given("file_format", "file_format")),
    # The profile and the credentials.
    Mutant("ProfileRequired", "CFG-01", validate=ready_if(lambda found: found.profile)),
    *each(
        "CFG-06",
        "profile",
        ProfileIgnored=lambda *_: getenv("AWS_PROFILE") or None,
        LastProfileTaken=last_profile,
        DefaultProfileForced=lambda *_: "default",
        ProfileOfEnvironmentWins=first_of("AWS_PROFILE", "aws_profile", default=None),
        DefaultIsNoName=default_is_no_name,
    ),
    # AWS_PROFILE is lost.
    Mutant(
        "DefaultProfileByName", "EXT-PROFILE-01", profile=first_of("aws_profile", default="default")
    ),
    Mutant("EmptyProfileTakenAsSet", "CFG-07", profile=given("aws_profile", "profile")),
    Mutant("ProfileOnlyForReading", "CFG-06", report=before(profile_forgotten)),
    Mutant(
        "CredentialsRequiredInEnvironment",
        "CFG-01",
        validate=ready_if(lambda found: found.profile or getenv("AWS_ACCESS_KEY_ID")),
    ),
    Mutant("EnvironmentWinsOverProfile", "CFG-06", s3_client=environment_before_profile),
    Mutant("EnvironmentNotAsked", "EXT-ENVIRONMENT-01", s3_client=environment_not_asked),
    Mutant(
        "DefaultProfileFirst", "EXT-ENVIRONMENT-01", s3_client=client_with(profile=default_profile)
    ),
    # Whether the reporter is ready.
    Mutant("NeverReady", "CFG-01", validate=lambda *_: False),
    Mutant("AlwaysReady", "CFG-02", validate=lambda *_: True),
    Mutant("DisabledButReports", "EXT-GUARD-01", report=before(own_region_and_bucket)),
    Mutant("BucketTriedByWriting", "ARC-02", validate=bucket_tried_by_writing),
    Mutant(
        "NoPreflight", "EXT-PREFLIGHT-01", validate=lambda self, _: not self.configuration.missing
    ),
    Mutant("ForbiddenTakenForUnusable", "CFG-08", problem=unusable_for((HTTPStatus.FORBIDDEN,))),
    Mutant("BusyTakenForUnusable", "EXT-PREFLIGHT-02", problem=unusable_for(range(500, 600))),
    Mutant(
        "AsksForTheRegion",
        "CFG-08",
        put=before(lambda self, _: self.s3.get_bucket_location(Bucket=self.configuration.bucket)),
    ),
)
