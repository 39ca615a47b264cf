"""Wrong S3 URLs returned (diagram: report sequence)."""

import os
from posixpath import normpath
from typing import Any
from urllib.parse import quote

from botocore.session import Session

from .mutant import Change, Mutant, each


def url(form: str) -> Change:
    """A URL of a form that names the bucket, the key, and the region."""
    return lambda self, _, bucket, key: form.format(
        bucket=bucket, key=key, quoted=quote(key), region=self.configuration.region
    )


def only_findings(_self: Any, right: Any, results: Any) -> Any:
    found = results.to_simple_dict()["metadata"].get("summary_stats", {}).get("total")
    return "No findings, nothing to upload" if found == 0 else right(results)


def domain_of(region: str) -> str:
    session = Session()
    partition = session.get_partition_for_region(region)
    return str(session.get_component("endpoint_resolver").get_partition_dns_suffix(partition))


def https(*, region: Change | None = None, domain: Change = domain_of, kept: str = "/") -> Change:
    """An https URL in its path-style form, which is right but for one part."""

    def https_url(self: Any, _right: Any, bucket: str, key: str) -> str:
        used = (region and region(self)) or self.configuration.region
        return f"https://s3.{used}.{domain(used)}/{bucket}/{quote(key, safe=kept)}"

    return https_url


def region_of_profile(self: Any) -> Any:
    return Session(profile=self.configuration.profile).get_scoped_config().get("region")


def presigned(self: Any, _right: Any, bucket: str, key: str) -> str:
    target = {"Bucket": bucket, "Key": key}
    return str(self.s3.generate_presigned_url("get_object", Params=target))


def uploaded_in_parts(self: Any, right: Any, key: str, document: Any) -> Any:
    """Go on with an upload in parts, and still say that it failed."""
    returned = right(key, document)
    if "SlowDown" in returned:
        target = {"Bucket": self.configuration.bucket, "Key": key}
        target["UploadId"] = self.s3.create_multipart_upload(**target)["UploadId"]
        part = self.s3.upload_part(**target, PartNumber=1, Body=document.content)
        parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        self.s3.complete_multipart_upload(**target, MultipartUpload=parts)
    return returned


MUTANTS = (
    Mutant(
        "ReportsNothing",
        "SEQ-01",
        upload=lambda self, _, key, document: f"s3://{self.configuration.bucket}/{key}",
    ),
    Mutant("NothingWithoutFindings", "SEQ-01", report=only_findings),
    Mutant("UploadsInPartsInstead", "ERR-03", upload=uploaded_in_parts),
    # What is no S3 URL, or that of another object.
    *each(
        "SEQ-02",
        "url",
        UrlOfAnotherKey=lambda self, right, bucket, key: right(
            bucket, key.replace("/ash-report-", "ash-report-")
        ),
        UrlInASentence=url("Uploaded the report to s3://{bucket}/{key}"),
        # Nothing decodes the key behind s3://.
        UrlQuoted=url("s3://{bucket}/{quoted}"),
        # Dots and empty folders are parts of a key.
        UrlResolved=lambda self, right, bucket, key: right(bucket, normpath(key).lstrip("/")),
        PathInsteadOfUrl=lambda self, *_: str(self.output_dir / "reports" / "s3-report.json"),
        VersionInUrl=lambda self, right, bucket, key: (
            f"{right(bucket, key)}?versionId={self.s3.head_object(**self.target)['VersionId']}"
        ),
        # It expires.
        PresignedUrlReturned=presigned,
    ),
    # An https URL that is right for most regions and prefixes only.
    *each(
        "SEQ-02",
        "url",
        RegionOfEnvironmentInUrl=https(region=lambda _: os.getenv("AWS_REGION")),
        RegionOfProfileInUrl=https(region=region_of_profile),
        OneDomainForAll=https(domain=lambda _: "amazonaws.com"),
        PercentKeptInUrl=https(kept="/%"),
        PlusKeptInUrl=https(kept="/+"),
        OneHostForAll=url("https://s3.amazonaws.com/{bucket}/{quoted}"),
        QueryBehindUrl=url("https://{bucket}.s3.{region}.amazonaws.com/{quoted}?acl"),
        # As JavaScript's encodeURI does.
        FragmentInUrl=https(kept="/?#"),
    ),
)
