"""The local copy, got wrong (diagrams: local output, report sequence)."""

import shutil
from pathlib import Path
from typing import Any, ClassVar

from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.conversion import Document
from s3_reporter_conformance.reference.local_copy import write_local_copy

from .catalogue import mutant
from .over_reference import Changed


def path(output_dir: Path, form: str) -> Path:
    """Where the reference has its copy."""
    (output_dir / "reports").mkdir(parents=True, exist_ok=True)
    return output_dir / "reports" / f"s3-report.{form}"


@mutant(aim="SEQ-05")
class CopyFirst(S3Reporter):
    """Writes the copy before the upload."""

    def _upload(self, key: str, document: Document) -> str:
        self._write_local_copy(document)
        return super()._upload(key, document)


@mutant(aim="SEQ-06")
class CopyOnlyOnSuccess(S3Reporter):
    """Writes the copy only if the upload succeeded."""

    def _upload(self, key: str, document: Document) -> str:
        self.returned = super()._upload(key, document)
        return self.returned

    def _write_local_copy(self, document: Document) -> None:
        if self.returned.startswith("s3://"):
            super()._write_local_copy(document)


@mutant(aim="LOC-01")
class NoCopy(S3Reporter):
    """Writes no copy."""

    def _write_local_copy(self, document: Document) -> None:
        pass


@mutant(aim="LOC-02")
class CopyElsewhere(Changed):
    """Writes the copy beside the folder reports."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, *rest: write_local_copy(folder / "s3", *rest)
    }


@mutant(aim="LOC-01")
class EmptyCopy(Changed):
    """Writes an empty copy, since the upload has read the stream to its end."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, _, form: write_local_copy(folder, b"", form)
    }


@mutant(aim="LOC-01")
class CopySerializedAnew(Changed):
    """Serializes the results anew for the copy, with other white space."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, content, form: write_local_copy(
            folder, content.replace(b": ", b":  "), form
        )
    }


@mutant(aim="LOC-01")
class OldCopyKept(Changed):
    """Keeps the copy of an earlier scan."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, content, form: (
            path(folder, form).exists() or write_local_copy(folder, content, form)
        )
    }


@mutant(aim="LOC-01")
class CopyAppended(Changed):
    """Adds to the copy of an earlier scan."""

    @staticmethod
    def append(folder: Path, content: bytes, form: str) -> None:
        with path(folder, form).open("ab") as file:
            file.write(content)

    changes: ClassVar = {"write_local_copy": append}


@mutant(aim="LOC-01")
class CopyNotTruncated(Changed):
    """Leaves the end of an earlier, larger copy behind its own."""

    @staticmethod
    def overwrite(folder: Path, content: bytes, form: str) -> None:
        target = path(folder, form)
        rest = target.read_bytes()[len(content) :] if target.exists() else b""
        write_local_copy(folder, content + rest, form)

    changes: ClassVar = {"write_local_copy": overwrite}


@mutant(aim="LOC-01")
class FolderExpected(Changed):
    """Expects the folder reports to exist."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, content, form: (
            folder / "reports" / f"s3-report.{form}"
        ).write_bytes(content)
    }


@mutant(aim="LOC-01")
class FolderMustBeNew(Changed):
    """Takes a folder reports that exists for an error."""

    @staticmethod
    def in_new_folder(folder: Path, content: bytes, form: str) -> None:
        (folder / "reports").mkdir()
        write_local_copy(folder, content, form)

    changes: ClassVar = {"write_local_copy": in_new_folder}


@mutant(aim="LOC-03")
class FolderEmptied(Changed):
    """Removes what else is in the folder reports."""

    @staticmethod
    def in_empty_folder(folder: Path, content: bytes, form: str) -> None:
        shutil.rmtree(folder / "reports", ignore_errors=True)
        write_local_copy(folder, content, form)

    changes: ClassVar = {"write_local_copy": in_empty_folder}


@mutant(aim="LOC-02")
class CopyOutsideItsFolder(S3Reporter):
    """Takes a key that begins with a slash for the path of the copy."""

    def _upload(self, key: str, document: Document) -> str:
        if key.startswith("/"):
            # The root of the machine that runs it is nobody's to write to.
            self.output_dir = self.output_dir / "root"
        return super()._upload(key, document)


@mutant(aim="EXT-NAME-01")
class CopyAlwaysJson(Changed):
    """Calls every copy s3-report.json."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, content, _: write_local_copy(folder, content, "json")
    }


@mutant(aim="EXT-ATOMIC-01")
class CopyWrittenInPlace(Changed):
    """Writes into the file that somebody may have open, although it says that it does not."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, content, form: path(folder, form).write_bytes(content)
    }


@mutant(aim="LOC-03")
class UnfinishedLeft(Changed):
    """Leaves an unfinished file behind, although it says that it does not."""

    @staticmethod
    def leave(folder: Path, content: bytes, form: str) -> None:
        write_local_copy(folder, content, form)
        write_local_copy(folder, content[:100], f"{form}.part")

    changes: ClassVar = {"write_local_copy": leave}


class _Failing(S3Reporter):
    """What becomes of the failure of the copy."""

    failure: OSError | None = None

    def report(self, results: Any) -> str:
        returned = super().report(results)
        return self.failed(returned) if self.failure else returned

    def _write_local_copy(self, document: Document) -> None:
        try:
            write_local_copy(self.output_dir, document.content, self.configuration.file_format)
        except OSError as error:
            self.failure = error

    def failed(self, returned: str) -> str:
        raise NotImplementedError


@mutant(aim="SEQ-04")
class CopyFailureRaised(_Failing):
    """Lets the failure of the copy out."""

    def failed(self, returned: str) -> str:
        raise RuntimeError("no copy") from self.failure


@mutant(aim="EXT-LOCALFAIL-01")
class CopyFailureReturned(_Failing):
    """Returns the failure of the copy in place of the URL, although it says that it does not."""

    def failed(self, returned: str) -> str:
        return f"Error: {self.failure}"


@mutant(aim="ERR-11")
class CopyFailureKeptSecret(_Failing):
    """Says nothing of the failure of the copy, although it says that it does."""

    def failed(self, returned: str) -> str:
        return returned


@mutant(aim="SEQ-06")
class OldCopyKeptAfterFailure(S3Reporter):
    """Leaves the copy of an earlier scan if the upload failed."""

    def _upload(self, key: str, document: Document) -> str:
        self.returned = super()._upload(key, document)
        return self.returned

    def _write_local_copy(self, document: Document) -> None:
        copy = self.output_dir / "reports" / f"s3-report.{self.configuration.file_format}"
        if self.returned.startswith("s3://") or not copy.exists():
            super()._write_local_copy(document)


@mutant(aim="SEQ-06")
class NoYamlCopyAfterThrottling(S3Reporter):
    """Writes no copy of a report in YAML if S3 throttled every attempt."""

    def _upload(self, key: str, document: Document) -> str:
        self.returned = super()._upload(key, document)
        return self.returned

    def _write_local_copy(self, document: Document) -> None:
        if self.configuration.file_format == "json" or "SlowDown" not in self.returned:
            super()._write_local_copy(document)
