"""Then: the files under the output folder."""

from itertools import product

from pytest_bdd import parsers, then

from ...disk.folders import digest_of
from ...judging.answers import until_decided
from ...judging.documents import is_readable, lost_values
from ...judging.side_effects import changes_on_disk
from ...scenario.run import Run
from ...words.errors import Nonconformance
from . import expect_none

_FOLDER = "reports/"


@then("the output folder contains a copy of the report")
def folder_holds_a_copy(run: Run) -> None:
    if run.content is not None and not run.copies:
        expected = f"output_dir/{_FOLDER}NAME with the {len(run.content)} bytes of the report"
        raise Nonconformance(expected, _files(run))


@then("the output folder contains a new report")
def folder_holds_a_new_report(run: Run) -> None:
    # Without a request, there is nothing to compare the copy with, but that of an equal scan.
    formats = [run.file_format] if run.file_format else ["json", "yaml"]
    read = (x for x in product(run.observation.new_files.values(), formats) if is_readable(*x))
    found = [() if run.is_scan else lost_values(run.results, *each) for each in read]
    lost = [[each for each in some if not each.is_untyped] for some in found]
    if all(lost) and run.results not in run.earlier:
        expected = f"output_dir/{_FOLDER}NAME, a new {' or '.join(formats)} document with the"
        why = (f"; {some[0].path} is {some[0].found}" for some in lost)
        raise Nonconformance(f"{expected} scan results", _files(run) + "".join(why))


@then(parsers.parse('the path of the copy begins with "{beginning}"'))
def path_of_the_copy_begins_with(run: Run, beginning: str) -> None:
    if not any(copy.startswith(beginning) for copy in run.copies):
        seen = "; ".join(f"output_dir/{copy}" for copy in run.copies)
        is_above = not any("/" in copy for copy in run.copies)
        why = f", so the copy went to output_dir itself; the folder {_FOLDER} is in it" * is_above
        raise Nonconformance(f"a copy whose path begins output_dir/{beginning}", seen + why)


@then("nothing but the copy is changed on disk")
def nothing_else_is_written(run: Run) -> None:
    if not run.is_scan:
        expected = "no file but one copy under the output folder added, changed, or removed"
        expect_none(changes_on_disk(run), expected)


@then("there was no local copy when an attempt began")
def copy_was_not_there(run: Run) -> None:
    digests = {digest_of(content) for content in run.observation.contents}
    before = {name: digest_of(content) for name, content in run.observation.files_before.items()}
    early = (
        f"{name}, at attempt {number}"
        for number, attempt in enumerate(until_decided(run), 1)
        for name, digest in sorted(attempt.files.items())
        if digest in digests and digest != before.get(name)
    )
    expect_none(early, "no copy yet when an attempt began")


@then("it finds a whole copy at every moment")
def copy_is_complete(run: Run) -> None:
    names = {name.removeprefix(_FOLDER) for name in run.copies}
    found = sorted(names & (run.observation.unsteady or set()))
    expect_none(
        (f"{name} removed, or written in place" for name in found),
        "a complete file that takes the name of the copy in one step",
    )


def _files(run: Run) -> str:
    inside = {f"output_dir/{name}": content for name, content in run.observation.new_files.items()}
    # Of what is elsewhere, caches that hold no report are the reporter's business.
    others = run.observation.files_elsewhere.items()
    elsewhere = {name: content for name, content in others if content == run.content}
    files = (f"{n} with {len(text)} bytes" for n, text in {**inside, **elsewhere}.items())
    return "; ".join(files) or "no new file"
