"""Side effects and secrets that show in some situations only."""

import gzip
import logging
import os
import pickle
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ProfileNotFound,
)
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.conversion import Document
from s3_reporter_conformance.reference.errors import ErrorType, error_type
from s3_reporter_conformance.reference.local_copy import write_local_copy

from .catalogue import mutant
from .local_copy import path
from .over_reference import Changed, ChangedPut

logger = logging.getLogger(__name__)


class _AfterAttempts(ChangedPut):
    """Does something more after an attempt that failed."""

    attempts = 0

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        self.attempts += 1
        try:
            return put_object(**arguments)
        except ClientError as error:
            if error_type(error) is ErrorType.THROTTLING:
                self.throttled(client, arguments)
            raise
        except (ConnectionClosedError, EndpointConnectionError):
            self.disconnected(client, arguments)
            raise

    @property
    def last(self) -> bool:
        return self.attempts > self.configuration.max_retries

    def throttled(self, client: Any, arguments: dict[str, Any]) -> None:
        pass

    def disconnected(self, client: Any, arguments: dict[str, Any]) -> None:
        pass


@mutant(aim="ARC-03")
class ObjectDeletedAfterThrottling(_AfterAttempts):
    """Deletes the object once every attempt was throttled, to clean up."""

    def throttled(self, client: Any, arguments: dict[str, Any]) -> None:
        if self.last:
            client.delete_object(Bucket=arguments["Bucket"], Key=arguments["Key"])


@mutant(aim="LOC-03")
class ErrorLogWritten(_AfterAttempts):
    """Writes an error log to the output folder once every attempt was throttled."""

    def throttled(self, client: Any, arguments: dict[str, Any]) -> None:
        if self.last:
            (self.output_dir / "s3-error.log").write_text("throttled")


@mutant(aim="LOC-03")
class TemporaryFileLeftWhenDisconnected(_AfterAttempts):
    """Leaves a temporary file with the report behind if the connection breaks."""

    def disconnected(self, client: Any, arguments: dict[str, Any]) -> None:
        handle, _ = tempfile.mkstemp()
        with os.fdopen(handle, "wb") as file:
            file.write(arguments["Body"])


@mutant(aim="ARC-04", whenever="file_format is yaml")
class PublicYaml(ChangedPut):
    """Lets everybody read reports in YAML."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        public = {"ACL": "public-read"} if arguments["Key"].endswith(".yaml") else {}
        return put_object(**arguments, **public)


@mutant(aim="LOC-03", whenever="file_format is yaml")
class TemporaryYamlLeft(S3Reporter):
    """Leaves a temporary file with a report in YAML behind."""

    def _upload(self, key: str, document: Document) -> str:
        if key.endswith(".yaml"):
            handle, _ = tempfile.mkstemp()
            with os.fdopen(handle, "wb") as file:
                file.write(document.content)
        return super()._upload(key, document)


@mutant(aim="ERR-06")
class YamlReadOnce(_AfterAttempts):
    """Retries a report in YAML from a stream that was read to its end."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        if self.attempts and arguments["Key"].endswith(".yaml"):
            arguments["Body"] = b""
        return super().put(client, put_object, arguments)


@mutant(aim="LOC-01")
class YamlCopyNotTruncated(Changed):
    """Leaves the end of an earlier, larger copy in YAML behind its own."""

    @staticmethod
    def overwrite(folder: Path, content: bytes, form: str) -> None:
        target = path(folder, form)
        if form == "yaml" and target.exists():
            with target.open("r+b") as file:
                file.write(content)
        else:
            write_local_copy(folder, content, form)

    changes: ClassVar = {"write_local_copy": overwrite}


@mutant(aim="LOC-03")
class ProfileAdded(S3Reporter):
    """Adds a profile to the configuration of the user."""

    def _upload(self, key: str, document: Document) -> str:
        returned = super()._upload(key, document)
        with (Path.home() / ".aws" / "config").open("a") as file:
            file.write("[profile ash]\noutput = json\n")
        return returned


@mutant(aim="LOC-03")
class ResultsPickledAtHome(S3Reporter):
    """Keeps the results in a cache in HOME, in another form."""

    def report(self, results: Any) -> str:
        cache = Path.home() / ".cache"
        cache.mkdir(exist_ok=True)
        (cache / "last.pickle").write_bytes(pickle.dumps(results.to_simple_dict()))
        return super().report(results)


@mutant(aim="LOC-03")
class ReportCompressedInTemporary(S3Reporter):
    """Leaves the compressed report in a folder of its own under TMPDIR."""

    def _upload(self, key: str, document: Document) -> str:
        folder = Path(tempfile.mkdtemp())
        (folder / "report.gz").write_bytes(gzip.compress(document.content))
        return super()._upload(key, document)


@mutant(aim="LOC-03")
class EverythingMadeWritable(S3Reporter):
    """Lets everybody write to the other files in the reports folder."""

    def _write_local_copy(self, document: Document) -> None:
        super()._write_local_copy(document)
        for file in (self.output_dir / "reports").iterdir():
            file.chmod(0o777)


@mutant(aim="LOC-03")
class OutputFolderMadeWritable(S3Reporter):
    """Lets everybody write to the output folder."""

    def _write_local_copy(self, document: Document) -> None:
        super()._write_local_copy(document)
        self.output_dir.chmod(0o777)


class _SecretSometimes(_AfterAttempts):
    """Logs the secret key in some situation."""

    def tell(self) -> None:
        client: Any = s3_client(self.configuration)
        credentials = client._request_signer._credentials  # noqa: SLF001
        logger.warning("signed with %s", credentials and credentials.secret_key)


@mutant(aim="EXT-SECRETS-01")
class SecretAfterThrottling(_SecretSometimes):
    """Logs the secret key when it is throttled, although it says that it does not."""

    def throttled(self, client: Any, arguments: dict[str, Any]) -> None:
        self.tell()


@mutant(aim="EXT-SECRETS-01")
class SecretWhenDisconnected(_SecretSometimes):
    """Logs the secret key if S3 cannot be reached, although it says that it does not."""

    def disconnected(self, client: Any, arguments: dict[str, Any]) -> None:
        self.tell()


@mutant(aim="EXT-SECRETS-01", whenever="file_format is yaml")
class SecretWithYaml(_SecretSometimes):
    """Logs the secret key for a report in YAML, although it says that it does not."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        if arguments["Key"].endswith(".yaml"):
            self.tell()
        return super().put(client, put_object, arguments)


@mutant(aim="EXT-SECRETS-01")
class TokenOfProfileLogged(S3Reporter):
    """Logs the session token of a configured profile, although it says that it does not."""

    def _upload(self, key: str, document: Document) -> str:
        if self.configuration.profile:
            with suppress(ProfileNotFound):
                client: Any = self._client
                credentials = client._request_signer._credentials  # noqa: SLF001
                logger.info("profile with the token %s", credentials.token)
        return super()._upload(key, document)


@mutant(aim="EXT-SECRETS-01")
class SecretNearlyWhole(S3Reporter):
    """Logs the secret key but for its end, although it says that it does not."""

    def _upload(self, key: str, document: Document) -> str:
        with suppress(ProfileNotFound):
            client: Any = self._client
            credentials = client._request_signer._credentials  # noqa: SLF001
            secret = credentials.secret_key if credentials else ""
            logger.info("signed with %s****", secret[:-4])
        return super()._upload(key, document)
