"""Reporters that change what is not theirs, or fill it."""

import gzip
import os
import shutil
from pathlib import Path
from typing import Any

from .catalogue import FAILED, PASSED, Occasion, kind

_GIGABYTE = 1 << 30


def _home() -> Path:
    return Path(os.environ["HOME"])


@kind(FAILED, None, ".aws")
def removes_its_home(occasion: Occasion) -> Any:
    returned = occasion.report()
    shutil.rmtree(_home())
    return returned


@kind(FAILED, None)
def removes_its_output_folder(occasion: Occasion) -> Any:
    returned = occasion.report()
    shutil.rmtree(occasion.output_dir)
    return returned


@kind(FAILED, None)
def makes_its_output_folder_a_link(occasion: Occasion) -> Any:
    elsewhere = Path(os.environ["TMPDIR"]) / "elsewhere"
    shutil.rmtree(occasion.output_dir)
    elsewhere.mkdir()
    occasion.output_dir.symlink_to(elsewhere)
    return occasion.report()


@kind(FAILED, None)
def makes_its_output_folder_a_link_to_all_processes(occasion: Occasion) -> Any:
    """To a folder in which links lead everywhere, and to which nobody can write."""
    shutil.rmtree(occasion.output_dir)
    occasion.output_dir.symlink_to("/proc")
    return occasion.report()


@kind(FAILED, None)
def makes_its_output_folder_a_file(occasion: Occasion) -> Any:
    shutil.rmtree(occasion.output_dir)
    occasion.output_dir.write_text("a file")
    return occasion.report()


@kind(FAILED, None, "an earlier call", run="again")
def makes_its_output_folder_a_file_and_is_called_again(occasion: Occasion) -> Any:
    returned = occasion.report()
    shutil.rmtree(occasion.output_dir)
    occasion.output_dir.write_text("a file")
    return returned


@kind(PASSED)
def links_to_everything(occasion: Occasion) -> Any:
    for name in ("root", "proc"):
        (occasion.output_dir / name).symlink_to(f"/{name}".replace("/root", "/"))
    (occasion.output_dir / "itself").symlink_to("itself")
    (occasion.output_dir / "zero").symlink_to("/dev/zero")
    return occasion.report()


@kind(PASSED)
def leaves_a_pipe_and_a_socket(occasion: Occasion) -> Any:
    """Files that block a program that opens them."""
    os.mkfifo(occasion.output_dir / "pipe")
    os.mkfifo(_home() / "pipe")
    return occasion.report()


@kind(FAILED, None, "outside")
def writes_outside(occasion: Occasion) -> Any:
    (occasion.output_dir.parent / "outside").write_text("here")
    return occasion.report()


@kind(FAILED, None, "huge")
def leaves_a_huge_file(occasion: Occasion) -> Any:
    """One that takes no room on the disk, but more memory than there is."""
    for folder in (occasion.output_dir, _home()):
        with (folder / "huge").open("wb") as file:
            file.truncate(1024 * _GIGABYTE)
    return occasion.report()


@kind(FAILED, None)
def leaves_many_files(occasion: Occasion) -> Any:
    for number in range(10_500):
        os.mknod(occasion.output_dir / f"{number}")
    return occasion.report()


@kind(PASSED, None)
def nests_folders_deeply(occasion: Occasion) -> Any:
    """So that no path names the innermost."""
    here = Path.cwd()
    os.chdir(occasion.output_dir)
    for _ in range(3_000):
        Path("d").mkdir()
        os.chdir("d")
    Path("file").write_text("deep down")
    os.chdir(here)
    return occasion.report()


@kind(FAILED, None, "LOC-03")
def leaves_names_of_any_bytes(occasion: Occasion) -> Any:
    folder = os.fsencode(occasion.output_dir)
    for name in (b"\xff\xfe", b"new\nline", b"\x1b[31mred", b"-rf"):
        with open(folder + b"/" + name, "wb"):  # noqa: PTH123 -- a path of bytes
            pass
    return occasion.report()


@kind(PASSED)
def takes_the_permissions_away(occasion: Occasion) -> Any:
    """So that nobody but root can clean up."""
    locked = _home() / "locked"
    locked.mkdir()
    (locked / "file").write_text("here")
    locked.chmod(0)
    return occasion.report()


@kind(PASSED, None)
def leaves_a_bomb_in_its_cache(occasion: Occasion) -> Any:
    """A file that unpacks to a thousand times its size."""
    block = gzip.compress(bytes(1 << 26))
    (_home() / "bomb").write_bytes(block * 128)
    return occasion.report()
