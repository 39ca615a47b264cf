"""The messages about files that are not what the command line expects."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from running import run_here

Make = Callable[[Path], object]

GOOD = 'name = "mine"\nadapter = "command:true"\n'

FILES: dict[str, tuple[Make, str]] = {
    "folder": (lambda path: path.mkdir(), "s a directory"),
    "loop": (lambda path: path.symlink_to(path), "cannot be read: Too many levels of symbolic"),
    "absent": (lambda _: None, "cannot be read: No such file"),
    "binary": (lambda path: path.write_bytes(bytes(range(256))), "UTF-8: byte 129 is 0x80"),
    "utf-16": (lambda path: path.write_text(GOOD, "utf-16"), "is text in UTF-16: save it in UTF-8"),
    "latin-1": (lambda path: path.write_text('a = "ü"', "latin-1"), "is not text in UTF-8: byte 6"),
    "deep": (lambda path: path.write_text("[" * 100_000), "is n"),
    "deep value": (lambda path: path.write_text("a = " + "[" * 100_000), "is n"),
    "endless": (lambda path: path.symlink_to("/dev/zero"), "it is larger than 256 MB"),
}


@pytest.mark.parametrize("kind", FILES)
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
def test_a_wrong_file_is_told_in_words(
    tmp_path: Path, arguments: tuple[str, ...], kind: str
) -> None:
    make, words = FILES[kind]
    make(tmp_path / "file.toml")
    given = ["file.toml" if word == "FILE" else word for word in arguments]
    done = run_here(*given, folder=tmp_path)
    assert "file.toml" in done.stderr
    assert words in done.stderr
    assert "the suite itself failed" not in done.stderr
    assert done.returncode == 4
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("flag", ["--report", "--junitxml", "--markdown", "--html"])
def test_an_output_that_is_a_loop_of_links_is_told(tmp_path: Path, flag: str) -> None:
    (tmp_path / "out").symlink_to("out")
    done = run_here("verify", "-k", "a-json-report", flag, "out", folder=tmp_path)
    assert "Error: out cannot be written: " in done.stderr
    assert done.returncode == 4


def test_two_outputs_to_one_file_are_seen_through_links(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("a.json")
    done = run_here("verify", "--report", "a.json", "--markdown", "link", folder=tmp_path)
    assert "--report and --markdown both name link" in done.stderr
    assert done.returncode == 4


def test_all_that_is_wrong_with_a_manifest_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "reporter.toml").write_text(
        'nam = "x"\nadapter = "command:"\nfeatures = ["preflite", 3]\n'
        'max_retries = -1\njitter = "ful"\n'
    )
    done = run_here("verify", folder=tmp_path)
    assert done.stderr == (
        "Error: reporter.toml is not a valid manifest:\n"
        "  features[1] is 3: expected a text\n"
        "  max_retries is -1: expected at least 0\n"
        '  jitter is "ful": expected one of none, equal, full\n'
        '  name is missing: expected a text, such as "my-reporter"\n'
        "  there is no key nam: did you mean name?\n"
        "  adapter 'command:' is not a valid reporter: expected 'python:package.module:Attribute', "
        "'command:program arguments', 'ash:', 'ash-scan:'\n"
        "  features[0]: there is no feature preflite: did you mean preflight?\n"
        "'s3-reporter-conformance schema manifest' prints what it contains\n"
    )
    assert done.returncode == 4
    schema = run_here("schema", "manifest", folder=tmp_path)
    assert '"max_retries": {' in schema.stdout


def test_all_that_is_wrong_with_known_deviations_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "known.toml").write_text(
        '[[deviation]]\nrule = "key-03"\nwhenever = "yaml"\nreson = ""\nexpires = "2030-01-01"\n'
        '[[deviation]]\nrule = "KEY-04"\nreason = ""\nissue = "x"\nexpires = 2030-01-01\n'
    )
    done = run_here("verify", "--known-deviations", "known.toml", folder=tmp_path)
    for words in (
        "Error: known.toml is not a valid file of known deviations:\n",
        "\n  deviation[0].reason is missing: expected a text, such as ",
        "\n  deviation[0].issue is missing: expected a text, such as ",
        "\n  deviation[0]: there is no key reson: did you mean reason?\n",
        "\n  deviation[1].reason is empty: expected a text, such as ",
        '\n  deviation[0].expires is "2030-01-01": expected a date without quotes, such as ',
        "\n  deviation[0]: there is no rule key-03: did you mean KEY-03?\n",
        "\n  deviation[0].whenever: 'yaml' is no condition; expected 'always', or facts such as ",
        "\n's3-reporter-conformance schema known-deviations' prints what it contains\n",
    ):
        assert words in done.stderr
    assert done.returncode == 4
    (tmp_path / "known.toml").write_text('[deviation]\nrule = "KEY-03"\n')
    single = run_here("verify", "--known-deviations", "known.toml", folder=tmp_path)
    assert "begin each entry with [[deviation]], in double brackets" in single.stderr


def test_of_many_errors_the_first_ten_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schema_version": "3", "seed": 3}')
    done = run_here("gate", "a.json", "--baseline", "a.json", folder=tmp_path)
    assert '\n  schema_version is "3": expected 3\n  seed is 3: expected a text\n' in done.stderr
    assert re.search(r"\n  and \d more\n", done.stderr)
    assert len(done.stderr.splitlines()) == 13


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "name is missing"),
        ("[reporter]\n" + GOOD, "there is no key reporter: there are adapter, "),
        ('{"name": "mine"}', "is not valid TOML"),
        ("name: mine\nadapter: x\n", "is not valid TOML"),
        (GOOD + "max_retries = " + "9" * 5000, "is not valid TOML: Exceeds the limit"),
        (GOOD + "max_retries = nan", "max_retries is NaN: expected a whole number, such as 3"),
        (GOOD + "max_retries = true", "max_retries is true: expected a whole number, such as 3"),
        (GOOD + "version = 2026-01-01", 'version is "2026-01-01": expected a text, such as "1.0"'),
        (GOOD + "url = 3", 'url is 3: expected a text, such as "https://'),
        (GOOD + 'features = "preflight"', 'features is "preflight": expected a list, such as ['),
        (GOOD + 'features = ["preflight", "preflight"]', 'features has "preflight" more than once'),
        (
            GOOD + 'features = ["Preflight"]',
            "there is no feature Preflight: did you mean preflight",
        ),
        (GOOD + "jitter = []", "jitter is []: expected one of none, equal, full"),
        (GOOD.title(), "there is no key Adapter: did you mean adapter?"),
        (GOOD.replace("command", "COMMAND"), 'adapter is "COMMAND:true": expected a text, such as'),
        (GOOD.replace("command:true", ""), 'adapter is "": expected a text, such as "command:'),
        (GOOD.replace("command:true", "python:a\\u0000b:C"), "is not a valid reporter"),
        (GOOD.replace("mine", " "), 'name is " ": expected a text, such as "my-reporter"'),
        (GOOD.replace("mine", "a\\u001b[31mb"), "name is "),
        (GOOD.replace("mine", "a\\nb"), 'name is "a\\nb": expected a text, such as "my-reporter"'),
    ],
)
def test_a_wrong_manifest_is_told_in_words(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "reporter.toml").write_text(text)
    done = run_here("verify", folder=tmp_path)
    assert words in done.stderr
    assert "\x1b" not in done.stderr
    assert "the suite itself failed" not in done.stderr
    assert done.returncode == 4


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    text = 'name = "mine"\nadapter = "python:reporters:Broken"\nmax_retries = 3.0\n'
    (tmp_path / "reporter.toml").write_text(text, "utf-8-sig")
    done = run_here("verify", "-k", "a-json-report", folder=tmp_path)
    assert "\nreporter  mine\n" in done.stdout
    assert done.returncode == 1


def test_a_program_and_a_folder_are_no_manifests(tmp_path: Path) -> None:
    (tmp_path / "reporter.sh").write_text("#!/bin/sh\necho hi\n")
    (tmp_path / "mine").mkdir()
    for name, words in (
        ("reporter.sh", "is not valid TOML"),
        ("mine", "cannot be read: Is a directory"),
    ):
        done = run_here("verify", name, folder=tmp_path)
        assert words in done.stderr
        assert "'command:program arguments'" in done.stderr
        assert done.returncode == 4
