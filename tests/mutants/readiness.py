"""Whether the reporter is ready, got wrong (diagrams: configuration, report sequence)."""

from collections.abc import Container
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from s3_reporter_conformance.reference import S3Reporter

from .catalogue import mutant
from .configuration import UNEXPLAINED
from .over_reference import ChangedPut

UNSEEN = "`ready` does not tell whether what is missing was noticed"


@mutant(
    "configuration: ready --> done",
    "architecture: core --> reporter",
    "report_sequence: report_results --> process_scan_results",
    "local_output: begin --> content",
    indistinguishable=UNEXPLAINED,
    spares=(
        "ARC-20 ARC-23 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 CFG-45 CFG-18 CFG-19 ERR-61 "
        "ERR-21 ERR-22 ERR-36 ERR-23 EXT-ATOMIC-02 EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 "
        "EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 EXT-SECRETS-01 "
        "EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 "
        "EXT-SECRETS-07 EXT-PREFLIGHT-01"
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
    kills=("CFG-09 CFG-47 CFG-10 CFG-11 CFG-18 CFG-19 EXT-GUARD-01 EXT-GUARD-02 EXT-PREFLIGHT-01"),
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
        "ARC-01 ARC-22 ARC-04 ARC-05 ARC-06 CFG-01 CFG-02 CFG-03 CFG-04 CFG-05 CFG-06 "
        "CFG-07 CFG-08 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 CFG-45 CFG-13 CFG-14 CFG-15 "
        "CFG-16 CFG-17 CFG-18 CFG-19 CFG-21 CFG-22 CFG-23 ERR-28 ERR-32 ERR-61 ERR-21 "
        "ERR-22 ERR-36 INT-02 INT-07 INT-08 INT-04 INT-05 EXT-ATHENA-03 EXT-ATOMIC-02 "
        "EXT-REGION-01 EXT-REGION-03 EXT-REGION-02 EXT-ENVIRONMENT-01 EXT-ENVIRONMENT-02 "
        "EXT-ENVIRONMENT-03 EXT-GUARD-01 EXT-GUARD-02 EXT-HADOOP-02 EXT-LIVE-01 EXT-LIVE-02 "
        "EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 EXT-SECRETS-01 EXT-SECRETS-02 "
        "EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 EXT-SECRETS-07 "
        "EXT-PREFLIGHT-03 EXT-PROFILE-01 EXT-PROFILE-02 EXT-RETRY-07"
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


class StatusTakenForClear(S3Reporter):
    """Is not ready if HeadBucket is answered with some HTTP status."""

    unusable: Container[int]

    def problem(self) -> str | None:
        problem = super().problem()
        if problem is None:
            try:
                self._client.head_bucket(Bucket=self.configuration.bucket)
            except ClientError as error:
                status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                return str(error) if status in self.unusable else None
            except BotoCoreError:
                return None
        return problem


@mutant(interpretation=4, kills="CFG-46")
class ForbiddenTakenForUnusable(StatusTakenForClear):
    """Is not ready if it may not list the bucket, although it need not."""

    unusable = (HTTPStatus.FORBIDDEN,)


@mutant(interpretation=4, kills="EXT-PREFLIGHT-05")
class BusyTakenForUnusable(StatusTakenForClear):
    """Is not ready if S3 is overloaded, or fails, when it checks."""

    unusable = range(500, 600)


@mutant(interpretation=4, kills="CFG-46 EXT-PREFLIGHT-05")
class AsksForTheRegion(ChangedPut):
    """Asks S3 for the bucket's region before it uploads, and gives up without an answer."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        client.get_bucket_location(Bucket=arguments["Bucket"])
        return put_object(**arguments)
