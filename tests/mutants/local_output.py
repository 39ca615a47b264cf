"""Wrong local copies, and more changed on disk than the copy (diagram: local output)."""

import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from .mutant import (
    Change,
    Mutant,
    after,
    after_failure,
    before,
    disconnected,
    each,
    for_form,
    has_profile,
    is_blocked,
    is_retry,
    is_yaml,
    only_if,
    throttled_to_the_end,
    when,
)

# In seconds.
_MONTH = 30 * 86_400


def path(output_dir: Path, form: str) -> Path:
    """The path of the reference's copy; its folder is made."""
    (output_dir / "reports").mkdir(parents=True, exist_ok=True)
    return output_dir / "reports" / f"s3-report.{form}"


def in_folder(change: Callable[[Path], Path]) -> Change:
    """The right copy in another folder."""
    return lambda right, folder, *rest: right(change(folder), *rest)


def with_content(change: Callable[[bytes], bytes]) -> Change:
    return lambda right, folder, content, form: right(folder, change(content), form)


def append(_right: Any, folder: Path, content: bytes, form: str) -> None:
    with path(folder, form).open("ab") as file:
        file.write(content)


def overwrite(right: Any, folder: Path, content: bytes, form: str) -> None:
    """Leave the end of an earlier, larger copy behind."""
    target = path(folder, form)
    rest = target.read_bytes()[len(content) :] if target.exists() else b""
    right(folder, content + rest, form)


def in_new_folder(right: Any, folder: Path, *rest: Any) -> None:
    (folder / "reports").mkdir()
    right(folder, *rest)


def without(pattern: str) -> Change:
    """The right copy, after the files and folders that match were removed."""

    def write(right: Any, folder: Path, *rest: Any) -> None:
        for found in folder.glob(pattern):
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()
        right(folder, *rest)

    return write


def and_another(right: Any, folder: Path, content: bytes, form: str) -> None:
    """Write the right copy, and the same under another name."""
    right(folder, content, f"{form}.tmp")
    right(folder, content, form)


def new_file(_right: Any, folder: Path, content: bytes, form: str) -> None:
    path(folder, form).unlink(missing_ok=True)
    path(folder, form).write_bytes(content)


def raised(right: Any, *copy: Any) -> None:
    try:
        right(*copy)
    except OSError as error:
        raise RuntimeError("no copy") from error


def kept_secret(right: Any, *copy: Any) -> None:
    with suppress(OSError):
        right(*copy)


def copied_at_root(self: Any, key: str, _document: Any) -> None:
    if key.startswith("/"):
        # The root of the machine that runs it is nobody's to write to.
        self.output_dir = self.output_dir / "root"


def in_outcome(*words: str) -> Change:
    return lambda self: any(word in self.outcome for word in words)


def nothing(*_: Any) -> None:
    """Nothing done instead."""


def copy_body(self: Any, arguments: Any) -> None:
    self.write_copy(SimpleNamespace(content=arguments["Body"]))


def leave_report(_self: Any, document: Any) -> None:
    leave_temporary_file(document.content)


def leave_temporary_file(content: bytes) -> None:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(content)


def kept(folder: Change, name: str) -> Change:
    """The report kept in another folder as well."""

    def keep(self: Any, document: Any) -> None:
        folder(self).mkdir(exist_ok=True)
        (folder(self) / name).write_bytes(document.content)

    return before(keep)


def beside(self: Any) -> Any:
    return self.output_dir.parent


def add_profile(*_: Any) -> None:
    with (Path.home() / ".aws" / "config").open("a") as file:
        file.write("[profile ash]\noutput = json\n")


def replace_results(self: Any, document: Any) -> None:
    results = self.output_dir / "ash_aggregated_results.json"
    if results.exists():
        results.write_bytes(document.content)


def write_reason(self: Any) -> None:
    if self.configuration.missing:
        (self.output_dir / "s3-reporter.txt").write_text(str(self.problem()))


def remove_old_files(self: Any, _document: Any) -> None:
    for file in (self.output_dir / "reports").glob("*.*"):
        if time.time() - file.stat().st_mtime > _MONTH:
            file.unlink()


def make_writable(self: Any, _document: Any) -> None:
    for file in (self.output_dir / "reports").iterdir():
        file.chmod(0o777)


def is_new_or_stored(self: Any) -> bool:
    copy = self.output_dir / "reports" / f"s3-report.{self.configuration.file_format}"
    return self.outcome.startswith("s3://") or not copy.exists()


MUTANTS = (
    # Whether there is a copy.
    Mutant("NoCopy", "LOC-01", write_copy=nothing),
    Mutant("CopyFirst", "SEQ-05", put=before(copy_body)),
    Mutant("CopyBeforeARetry", "SEQ-05", put=when(is_retry, before(copy_body))),
    *each(
        "SEQ-06",
        "write_copy",
        CopyOnlyOnSuccess=only_if(in_outcome("s3://")),
        OldCopyKeptAfterFailure=only_if(is_new_or_stored),
        NoYamlCopyAfterThrottling=when(is_yaml, when(in_outcome("SlowDown"), nothing)),
        NoCopyWithoutAnswer=when(in_outcome("Connect", "endpoint"), nothing),
        CopyOfLessWithoutAnswer=when(
            in_outcome("endpoint"), lambda _, right, __: right(SimpleNamespace(content=b"{}"))
        ),
        NoCopyAfterInternalError=when(in_outcome("InternalError"), nothing),
        NoCopyWithoutCredentials=when(in_outcome("locate credentials"), nothing),
    ),
    Mutant(
        "NoCopyForProfileAndYaml", "LOC-01", write_copy=when(has_profile, when(is_yaml, nothing))
    ),
    # Where the copy is.
    Mutant("CopyElsewhere", "LOC-02", write_local_copy=in_folder(lambda folder: folder / "s3")),
    *each(
        "LOC-01",
        "write_local_copy",
        # In the path of a URL, a space is %20.
        CopyAtTheFoldersUrl=in_folder(lambda folder: Path(urlsplit(folder.as_uri()).path)),
        CopyInAnAsciiFolder=in_folder(
            lambda folder: Path(str(folder).encode("ascii", "ignore").decode())
        ),
        FolderExpected=lambda _, folder, content, form: (
            folder / "reports" / f"s3-report.{form}"
        ).write_bytes(content),
        FolderMustBeNew=in_new_folder,
    ),
    Mutant("CopyOutsideItsFolder", "LOC-02", upload=before(copied_at_root)),
    Mutant(
        "CopyAlwaysJson",
        "EXT-NAME-01",
        write_local_copy=lambda right, folder, content, _: right(folder, content, "json"),
    ),
    # What is in the copy.
    *each(
        "LOC-01",
        "write_local_copy",
        EmptyCopy=with_content(lambda _: b""),
        CopySerializedAnew=with_content(lambda content: content.replace(b": ", b":  ")),
        OldCopyKept=lambda right, folder, content, form: (
            path(folder, form).exists() or right(folder, content, form)
        ),
        CopyAppended=append,
        CopyNotTruncated=overwrite,
        YamlCopyNotTruncated=for_form("yaml", overwrite),
        JsonCopyNotTruncated=for_form("json", overwrite),
    ),
    # A reader may have the old copy open.
    Mutant(
        "CopyWrittenInPlace",
        "EXT-ATOMIC-01",
        write_local_copy=lambda _, folder, content, form: path(folder, form).write_bytes(content),
    ),
    Mutant("OldCopyRemovedFirst", "EXT-ATOMIC-01", write_local_copy=new_file),
    # The copy fails.
    Mutant("CopyFailureRaised", "SEQ-04", write_local_copy=raised),
    Mutant("CopyFailureKeptSecret", "ERR-11", write_local_copy=kept_secret),
    Mutant(
        "CopyFailureTakenForS3s",
        "ERR-12",
        write_copy=when(is_blocked, lambda *_: print("S3 denied access to the bucket")),
    ),
    Mutant(
        "CopyFailureReturned", "EXT-LOCALFAIL-01", url=when(is_blocked, lambda *_: "Error: no copy")
    ),
    Mutant(
        "CopyElsewhereInstead",
        "LOC-03",
        write_copy=when(is_blocked, kept(beside, "s3-report.json")),
    ),
    # More files.
    Mutant("WholeTemporaryCopyLeft", "LOC-03", write_local_copy=and_another),
    *each(
        "LOC-03",
        "write_copy",
        TemporaryFileLeft=before(leave_report),
        CopyInHome=kept(lambda _: Path.home() / ".ash", "last.json"),
        CopyBeside=kept(beside, "s3-report.json"),
        NoteWritten=before(lambda self, _: (self.output_dir / "s3.txt").write_text(self.outcome)),
    ),
    Mutant(
        "TemporaryYamlLeft",
        "LOC-03",
        whenever="file_format is yaml",
        write_copy=when(is_yaml, before(leave_report)),
    ),
    Mutant(
        "TemporaryFileLeftWhenDisconnected",
        "LOC-03",
        put=after_failure(
            disconnected, lambda _, arguments: leave_temporary_file(arguments["Body"])
        ),
    ),
    Mutant(
        "ErrorLogWritten",
        "LOC-03",
        put=after_failure(
            throttled_to_the_end,
            lambda self, _: (self.output_dir / "s3-error.log").write_text("throttled"),
        ),
    ),
    Mutant("ReasonWritten", "LOC-03", validate=before(write_reason)),
    # Files of others.
    *each(
        "LOC-03",
        "write_local_copy",
        FolderEmptied=without("reports"),
        LeftoversRemoved=without("reports/*.tmp"),
    ),
    *each(
        "LOC-03",
        "write_copy",
        OldFilesRemoved=after(remove_old_files),
        AggregatedResultsReplaced=after(replace_results),
        ProfileAdded=before(add_profile),
        CacheCleared=before(lambda *_: shutil.rmtree(Path.home() / ".cache", ignore_errors=True)),
        EverythingMadeWritable=after(make_writable),
        OutputFolderMadeWritable=after(lambda self, _: self.output_dir.chmod(0o777)),
    ),
)
