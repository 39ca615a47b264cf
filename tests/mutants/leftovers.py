"""More written to disk than the copy, or the copy for a moment missing."""

import os
import tempfile
import time
from pathlib import Path
from typing import ClassVar

from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.conversion import Document
from s3_reporter_conformance.reference.local_copy import write_local_copy

from .catalogue import mutant
from .local_copy import path
from .over_reference import Changed

# In seconds.
_MONTH = 30 * 86_400


@mutant(aim="LOC-03")
class TemporaryFileLeft(S3Reporter):
    """Leaves a temporary file with the report behind."""

    def _upload(self, key: str, document: Document) -> str:
        handle, _ = tempfile.mkstemp()
        with os.fdopen(handle, "wb") as file:
            file.write(document.content)
        return super()._upload(key, document)


@mutant(aim="LOC-03")
class TemporaryFolderLeft(S3Reporter):
    """Leaves a temporary folder with a part of the report behind."""

    def _upload(self, key: str, document: Document) -> str:
        folder = Path(tempfile.mkdtemp())
        (folder / "part-1").write_bytes(document.content[: len(document.content) // 2])
        return super()._upload(key, document)


@mutant(aim="LOC-03")
class CopyInHome(S3Reporter):
    """Keeps another copy in HOME."""

    def _upload(self, key: str, document: Document) -> str:
        (Path.home() / ".ash").mkdir()
        (Path.home() / ".ash" / "last.json").write_bytes(document.content)
        return super()._upload(key, document)


@mutant(aim="LOC-03")
class CopyBeside(S3Reporter):
    """Keeps another copy beside the output folder."""

    def _upload(self, key: str, document: Document) -> str:
        (self.output_dir.parent / "s3-report.json").write_bytes(document.content)
        return super()._upload(key, document)


@mutant(aim="LOC-03")
class WholeTemporaryCopyLeft(Changed):
    """Leaves the temporary file of the copy beside it, although it says that it does not."""

    @staticmethod
    def leave(folder: Path, content: bytes, form: str) -> None:
        write_local_copy(folder, content, f"{form}.tmp")
        write_local_copy(folder, content, form)

    changes: ClassVar = {"write_local_copy": leave}


@mutant(aim="LOC-03")
class NoteWritten(S3Reporter):
    """Writes beside the reports folder where it uploaded the report."""

    def _upload(self, key: str, document: Document) -> str:
        returned = super()._upload(key, document)
        (self.output_dir / "s3.txt").write_text(returned)
        return returned


@mutant(aim="LOC-03")
class LeftoversRemoved(Changed):
    """Removes what looks like a temporary file in the reports folder."""

    @staticmethod
    def clean(folder: Path, content: bytes, form: str) -> None:
        for leftover in (folder / "reports").glob("*.tmp"):
            leftover.unlink()
        write_local_copy(folder, content, form)

    changes: ClassVar = {"write_local_copy": clean}


@mutant(aim="LOC-03")
class AggregatedResultsReplaced(S3Reporter):
    """Writes its report over the aggregated results, too."""

    def _write_local_copy(self, document: Document) -> None:
        super()._write_local_copy(document)
        results = self.output_dir / "ash_aggregated_results.json"
        if results.exists():
            results.write_bytes(document.content)


@mutant(aim="LOC-03")
class ReasonWritten(S3Reporter):
    """Writes to a file why it is disabled."""

    def validate(self) -> bool:
        if self.configuration.missing:
            (self.output_dir / "s3-reporter.txt").write_text(str(self.problem()))
        return super().validate()


@mutant(aim="EXT-ATOMIC-01")
class OldCopyRemovedFirst(Changed):
    """Removes the earlier copy before it writes its own, although it says that it does not."""

    @staticmethod
    def replace(folder: Path, content: bytes, form: str) -> None:
        path(folder, form).unlink(missing_ok=True)
        path(folder, form).write_bytes(content)

    changes: ClassVar = {"write_local_copy": replace}


@mutant(aim="LOC-03")
class OldFilesRemoved(S3Reporter):
    """Removes files from the reports folder that are older than a month."""

    def _write_local_copy(self, document: Document) -> None:
        super()._write_local_copy(document)
        for file in (self.output_dir / "reports").glob("*.*"):
            if time.time() - file.stat().st_mtime > _MONTH:
                file.unlink()


@mutant(aim="LOC-03")
class CopyElsewhereInstead(S3Reporter):
    """Writes the copy beside the output folder if it cannot be written into it."""

    def _write_local_copy(self, document: Document) -> None:
        super()._write_local_copy(document)
        if not (self.output_dir / "reports").is_dir():
            (self.output_dir.parent / "s3-report.json").write_bytes(document.content)
