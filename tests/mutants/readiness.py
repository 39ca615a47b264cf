"""Whether the reporter is ready, got wrong (diagrams: configuration, report sequence)."""

from collections.abc import Container
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from s3_reporter_conformance.reference import S3Reporter

from .catalogue import mutant
from .over_reference import ChangedPut


@mutant(aim="CFG-01")
class NeverReady(S3Reporter):
    """Is never ready."""

    def validate(self) -> bool:
        return False


@mutant(aim="CFG-02")
class AlwaysReady(S3Reporter):
    """Is always ready."""

    def validate(self) -> bool:
        return True


@mutant(aim="EXT-GUARD-01")
class DisabledButReports(S3Reporter):
    """Reports although it is disabled, to a region and a bucket of its own choice."""

    def report(self, results: Any) -> str:
        found = self.configuration
        self.configuration = replace(
            found, region=found.region or "us-east-1", bucket=found.bucket or "ash-reports"
        )
        return super().report(results)


@mutant(aim="ARC-02")
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


@mutant(aim="EXT-PREFLIGHT-01")
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


@mutant(aim="CFG-08")
class ForbiddenTakenForUnusable(StatusTakenForClear):
    """Is not ready if it may not list the bucket, although it need not."""

    unusable = (HTTPStatus.FORBIDDEN,)


@mutant(aim="EXT-PREFLIGHT-02")
class BusyTakenForUnusable(StatusTakenForClear):
    """Is not ready if S3 is overloaded, or fails, when it checks."""

    unusable = range(500, 600)


@mutant(aim="CFG-08")
class AsksForTheRegion(ChangedPut):
    """Asks S3 for the bucket's region before it uploads, and gives up without an answer."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        client.get_bucket_location(Bucket=arguments["Bucket"])
        return put_object(**arguments)
