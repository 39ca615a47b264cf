"""What ASH Core gets, got wrong (diagrams: report sequence, error handling, integrations)."""

from posixpath import normpath
from typing import Any
from urllib.parse import quote

from .catalogue import mutant
from .over_reference import ChangedReturn
from .shared_lists import NO_MESSAGE, WRONG_URL

WHEREVER_A_URL_IS_DUE = (
    "CFG-25 CFG-26 ERR-01 ERR-02 ERR-03 ERR-04 ERR-06 INT-03 LOC-01 LOC-02 SEQ-01 "
    "SEQ-02 SEQ-03 SEQ-09 SEQ-04 EXT-IDEMPOTENT-01 EXT-LOCALFAIL-01 EXT-TRANSIENT-01 "
    "EXT-TRANSIENT-02 CFG-46 "
    "CFG-12 CFG-20 CFG-27 CFG-28 CFG-40 CFG-41 CFG-42 CFG-43 KEY-06"
)

CHANGED_LATER = "what is returned does not tell whether the URL was made like that or changed later"
NO_ERROR = "text without a URL in it may as well say that the upload failed"


@mutant(
    "error_handling: make_url --> return_url",
    "local_output: write_copy --> return_url",
    indistinguishable={"error_handling: process_response --> make_url": CHANGED_LATER},
    interpretation=11,
    kills=(
        "CFG-12 CFG-40 CFG-41 CFG-42 CFG-43 CFG-20 CFG-25 CFG-26 CFG-27 CFG-28 CFG-46 "
        "CFG-52 CFG-53 CFG-56 CFG-57 ERR-01 ERR-02 ERR-03 ERR-04 ERR-06 INT-03 LOC-01 "
        "LOC-02 KEY-06 KEY-11 SEQ-01 SEQ-02 SEQ-03 SEQ-09 SEQ-04 EXT-IDEMPOTENT-01 "
        "EXT-LOCALFAIL-01 EXT-PREFLIGHT-05 EXT-TRANSIENT-01 EXT-TRANSIENT-02"
    ),
)
class UrlOfAnotherKey(ChangedReturn):
    """Returns a URL with the prefix joined without its slash."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{key.replace('/ash-report-', 'ash-report-')}"


@mutant(
    "error_handling: process_response --> make_url",
    "local_output: write_copy --> return_url",
    interpretation=11,
    kills=WRONG_URL,
)
class UrlOfAnotherBucket(ChangedReturn):
    """Returns the URL of another bucket."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}-reports/{key}"


@mutant(
    "error_handling: process_response --> make_url",
    "local_output: write_copy --> return_url",
    interpretation=11,
    kills=WRONG_URL,
)
class UrlOfAnotherRegion(ChangedReturn):
    """Returns an https URL of another region."""

    def url(self, bucket: str, key: str) -> Any:
        return f"https://{bucket}.s3.eu-west-3.amazonaws.com/{key}"


@mutant(
    "error_handling: process_response --> make_url",
    "local_output: write_copy --> return_url",
    indistinguishable={
        "error_handling: call_successful - Yes -> process_response": (
            "an address that is not S3's is no S3 URL, as if there were none"
        ),
        "error_handling: retry_successful - Yes -> process_response": (
            "an address that is not S3's is no S3 URL, as if there were none"
        ),
    },
    kills=WRONG_URL,
)
class UrlOfTheConsole(ChangedReturn):
    """Returns the address of a page for people."""

    def url(self, bucket: str, key: str) -> Any:
        region = self.configuration.region
        return f"https://{region}.console.aws.amazon.com/s3/object/{bucket}?prefix={key}"


@mutant(
    "local_output: return_url --> done",
    "error_handling: return_url --> done",
    kills=WRONG_URL,
)
class UrlInASentence(ChangedReturn):
    """Returns a sentence with the URL in it."""

    def url(self, bucket: str, key: str) -> Any:
        return f"Uploaded the report to s3://{bucket}/{key}"


@mutant(
    "error_handling: process_response --> make_url",
    "local_output: write_copy --> return_url",
    indistinguishable={
        "error_handling: call_successful - Yes -> process_response": NO_ERROR,
        "error_handling: retry_successful - Yes -> process_response": NO_ERROR,
    },
    kills=WRONG_URL,
)
class PathInsteadOfUrl(ChangedReturn):
    """Returns the path of the local copy."""

    def url(self, bucket: str, key: str) -> Any:
        return str(self.output_dir / "reports" / "s3-report.json")


@mutant(
    interpretation=11,
    kills=WRONG_URL,
)
class UrlOfAnotherHost(ChangedReturn):
    """Returns an https URL of a host that has nothing to do with S3."""

    def url(self, bucket: str, key: str) -> Any:
        return f"https://reports.example.com/{bucket}/{quote(key)}"


@mutant(
    interpretation=11,
    kills=WRONG_URL,
)
class UrlWithLineFeed(ChangedReturn):
    """Returns the URL with a line feed at its end."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{key}\n"


@mutant(interpretation=11, kills="CFG-52 CFG-53 CFG-56 CFG-57 KEY-06 KEY-11 SEQ-03")
class UrlQuoted(ChangedReturn):
    """Percent-encodes the key behind s3://, where nothing decodes it."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{quote(key)}"


@mutant(interpretation=11, kills="SEQ-09")
class UrlResolved(ChangedReturn):
    """Resolves dots and empty folders in the URL, though not in the key."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{normpath(key).lstrip('/')}"


@mutant(
    interpretation=5,
    kills=NO_MESSAGE,
)
class UrlBeforeTheError(ChangedReturn):
    """Begins its error messages with the URL."""

    def message(self, message: str) -> Any:
        return f"s3://{self.configuration.bucket}/key failed: {message}"
