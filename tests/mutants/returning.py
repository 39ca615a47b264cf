"""What ASH Core gets, got wrong (diagrams: report sequence, error handling, integrations)."""

from posixpath import normpath
from typing import Any
from urllib.parse import quote

from .catalogue import mutant
from .over_reference import ChangedReturn

CHANGED_LATER = "what is returned does not tell whether the URL was made like that or changed later"


@mutant(aim="SEQ-02")
class UrlOfAnotherKey(ChangedReturn):
    """Returns a URL with the prefix joined without its slash."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{key.replace('/ash-report-', 'ash-report-')}"


@mutant(aim="SEQ-02")
class UrlOfAnotherBucket(ChangedReturn):
    """Returns the URL of another bucket."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}-reports/{key}"


@mutant(aim="SEQ-02")
class UrlOfAnotherRegion(ChangedReturn):
    """Returns an https URL of another region."""

    def url(self, bucket: str, key: str) -> Any:
        return f"https://{bucket}.s3.eu-west-3.amazonaws.com/{key}"


@mutant(aim="SEQ-02")
class UrlOfTheConsole(ChangedReturn):
    """Returns the address of a page for people."""

    def url(self, bucket: str, key: str) -> Any:
        region = self.configuration.region
        return f"https://{region}.console.aws.amazon.com/s3/object/{bucket}?prefix={key}"


@mutant(aim="SEQ-02")
class UrlInASentence(ChangedReturn):
    """Returns a sentence with the URL in it."""

    def url(self, bucket: str, key: str) -> Any:
        return f"Uploaded the report to s3://{bucket}/{key}"


@mutant(aim="SEQ-02")
class PathInsteadOfUrl(ChangedReturn):
    """Returns the path of the local copy."""

    def url(self, bucket: str, key: str) -> Any:
        return str(self.output_dir / "reports" / "s3-report.json")


@mutant(aim="SEQ-02")
class UrlOfAnotherHost(ChangedReturn):
    """Returns an https URL of a host that has nothing to do with S3."""

    def url(self, bucket: str, key: str) -> Any:
        return f"https://reports.example.com/{bucket}/{quote(key)}"


@mutant(aim="SEQ-02")
class UrlWithLineFeed(ChangedReturn):
    """Returns the URL with a line feed at its end."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{key}\n"


@mutant(aim="SEQ-02")
class UrlQuoted(ChangedReturn):
    """Percent-encodes the key behind s3://, where nothing decodes it."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{quote(key)}"


@mutant(aim="SEQ-02")
class UrlResolved(ChangedReturn):
    """Resolves dots and empty folders in the URL, though not in the key."""

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{normpath(key).lstrip('/')}"


@mutant(aim="SEQ-03")
class UrlBeforeTheError(ChangedReturn):
    """Begins its error messages with the URL."""

    def message(self, message: str) -> Any:
        return f"s3://{self.configuration.bucket}/key failed: {message}"
