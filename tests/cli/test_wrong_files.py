"""The messages about files that are not what the command line expects."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from running import COMMAND, ended, run_here

Make = Callable[[Path], object]

GOOD = 'name = "mine"\nadapter = "command:true"\n'

FILES: dict[str, tuple[Make, str]] = {
    "folder": (lambda path: path.mkdir(), "s a directory"),
    "loop": (lambda path: path.symlink_to(path), "cannot be read: Too many levels of symbolic"),
    "absent": (lambda _: None, "cannot be read: No such file"),
    "utf-16": (lambda path: path.write_text(GOOD, "utf-16"), "is not text in UTF-8: save it in"),
    "deep": (lambda path: path.write_text("a = " + "[" * 100_000), "is n"),
}


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "FILE"),
        ("smoke", "FILE"),
        ("call", "FILE", "a-json-report"),
        ("verify", "--known-deviations", "FILE"),
        ("verify", "--baseline", "FILE"),
        ("gate", "FILE", "--baseline", "FILE"),
        ("compare", "FILE", "FILE"),
        ("docs", "FILE", "--output", "site"),
    ],
)
def test_a_wrong_file_is_told_in_words(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    for kind, (make, words) in FILES.items():
        make(tmp_path / f"{kind}.toml")
        given = [f"{kind}.toml" if word == "FILE" else word for word in arguments]
        done = run_here(*given, folder=tmp_path)
        assert f"{kind}.toml" in done.stderr
        assert words in done.stderr
        assert "the suite itself failed" not in done.stderr
        assert done.returncode == 4
        assert not (tmp_path / "site").exists()


def test_a_file_that_departs_from_its_schema_is_told_where(tmp_path: Path) -> None:
    (tmp_path / "reporter.toml").write_text(GOOD + 'jitter = "ful"\n')
    done = run_here("verify", folder=tmp_path)
    assert done.stderr == (
        "Error: reporter.toml is not a valid manifest:\n"
        "  jitter: Invalid enum value 'ful' (The jitter of the waits between retries: "
        "none, equal, or full)\n"
        "'s3-reporter-conformance schema manifest' prints what it contains\n"
    )
    assert done.returncode == 4
    (tmp_path / "reporter.toml").write_text(GOOD.replace("mine", "reference"))
    taken = run_here("verify", folder=tmp_path).stderr
    assert "  name: Expected another text (The display name" in taken
    assert "; 'reference' is taken; such as " in taken
    schema = run_here("schema", "manifest", folder=tmp_path)
    assert '"max_retries": {' in schema.stdout


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    text = 'name = "mine"\nadapter = "python:reporters:Broken"\nmax_retries = 3\n'
    (tmp_path / "reporter.toml").write_text(text, "utf-8-sig")
    done = run_here("verify", "-k", "a-json-report", folder=tmp_path)
    assert "\nreporter  mine\n" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("flag", ["--report", "--junitxml", "--markdown"])
def test_an_output_replaces_no_file_but_its_like(tmp_path: Path, flag: str) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text("class Reporter: ...")
    done = run_here("verify", "-k", "a-json-report", flag, "mine.py", folder=tmp_path)
    assert f"{flag} mine.py: the file is there already, and stays as it is" in done.stderr
    assert done.returncode == 4
    assert mine.read_text() == "class Reporter: ..."
    mine.write_text("")
    assert (
        run_here("verify", "-k", "a-json-report", flag, "mine.py", folder=tmp_path).returncode == 0
    )


def test_a_stream_is_an_output_although_it_goes_to_a_file(tmp_path: Path) -> None:
    line = shlex.join([*COMMAND, "verify", "-k", "a-json-report", "--report", "/dev/stdout"])
    done = ended("sh", "-c", f"echo earlier > log; {line} >> log", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"schema_version": ' in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    "arguments",
    [("verify", "-k", "a-json-report", "--html", "."), ("docs", "a.json", "--output", ".")],
)
def test_a_site_replaces_no_other(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run_here("verify", "-k", "a-json-report", "--report", "a.json", folder=tmp_path)
    index = tmp_path / "index.html"
    index.write_text("<title>Mine</title>")
    done = run_here(*arguments, folder=tmp_path)
    assert "index.html is no page of this suite, and stays as it is" in done.stderr
    assert done.returncode == 4
    assert index.read_text() == "<title>Mine</title>"
    index.unlink()
    for _ in range(2):
        assert run_here(*arguments, folder=tmp_path).returncode == 0
