"""Reporters that change what is not theirs, or fill it."""

import gzip
import os
import shutil
from pathlib import Path

from . import FAILED, PASSED, kind
from .reporter import Misbehaving

_TERABYTE = 1 << 40


def _home() -> Path:
    return Path(os.environ["HOME"])


@kind(FAILED, says=".aws")
def removes_its_home(reporter: Misbehaving) -> str:
    returned = reporter.usual()
    shutil.rmtree(_home())
    return returned


@kind(FAILED)
def removes_its_output_folder(reporter: Misbehaving) -> str:
    returned = reporter.usual()
    shutil.rmtree(reporter.output_dir)
    return returned


@kind(FAILED)
def makes_its_output_folder_a_link_to_all_processes(reporter: Misbehaving) -> str:
    """To a folder in which links lead everywhere, and to which nobody can write."""
    shutil.rmtree(reporter.output_dir)
    reporter.output_dir.symlink_to("/proc")
    return reporter.usual()


@kind(FAILED)
def makes_its_output_folder_a_file(reporter: Misbehaving) -> str:
    shutil.rmtree(reporter.output_dir)
    reporter.output_dir.write_text("a file")
    return reporter.usual()


@kind(PASSED)
def leaves_links_to_everything_pipes_and_locked_folders(reporter: Misbehaving) -> str:
    for name, target in (("root", "/"), ("proc", "/proc"), ("itself", "itself")):
        (reporter.output_dir / name).symlink_to(target)
    (reporter.output_dir / "zero").symlink_to("/dev/zero")
    for folder in (reporter.output_dir, _home()):
        os.mkfifo(folder / "pipe")
    # So that nobody but root can clean up.
    locked = _home() / "locked"
    locked.mkdir()
    (locked / "file").write_text("here")
    locked.chmod(0)
    return reporter.usual()


@kind(FAILED, says="outside")
def writes_outside(reporter: Misbehaving) -> str:
    (reporter.output_dir.parent / "outside").write_text("here")
    return reporter.usual()


@kind(FAILED, says="huge")
def leaves_a_huge_file(reporter: Misbehaving) -> str:
    """One that takes no room on the disk, but more memory than there is."""
    for folder in (reporter.output_dir, _home()):
        with (folder / "huge").open("wb") as file:
            file.truncate(_TERABYTE)
    return reporter.usual()


@kind(FAILED)
def leaves_many_files(reporter: Misbehaving) -> str:
    for number in range(10_500):
        os.mknod(reporter.output_dir / f"{number}")
    return reporter.usual()


@kind(PASSED)
def nests_folders_deeply(reporter: Misbehaving) -> str:
    """So that no path names the innermost."""
    here = Path.cwd()
    os.chdir(reporter.output_dir)
    for _ in range(3_000):
        Path("d").mkdir()
        os.chdir("d")
    Path("file").write_text("deep down")
    os.chdir(here)
    return reporter.usual()


@kind(FAILED, says="LOC-03")
def leaves_names_of_any_bytes(reporter: Misbehaving) -> str:
    folder = os.fsencode(reporter.output_dir)
    for name in (b"\xff\xfe", b"new\nline", b"\x1b[31mred", b"-rf"):
        os.mknod(folder + b"/" + name)
    return reporter.usual()


@kind(PASSED)
def leaves_a_bomb_in_its_cache(reporter: Misbehaving) -> str:
    """A file that unpacks to a thousand times its size."""
    (_home() / "bomb").write_bytes(gzip.compress(bytes(1 << 26)) * 128)
    return reporter.usual()
