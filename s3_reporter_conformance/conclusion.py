"""The last word on a reporter."""

from collections.abc import Iterator
from dataclasses import dataclass

from .verdict import Status, Verdict


@dataclass(frozen=True)
class Conclusion:
    """What a verdict comes to.

    Attributes:
        word: In a word or two.
        reason: Why, in a sentence.
        color: In which the word is shown.
    """

    word: str
    reason: str
    color: str


def conclude(verdict: Verdict) -> Conclusion:
    """Say what a verdict comes to."""
    counts = verdict.counts
    if counts[Status.FAILED] or counts[Status.UNEXPECTEDLY_PASSED]:
        return Conclusion("Does not conform", "; ".join(_what_is_wrong(verdict)), "red")
    if counts[Status.ADAPTER_ERROR]:
        reason = "the reporter could not be asked about everything"
        return Conclusion("No verdict", reason, "magenta")
    if counts[Status.KNOWN_DEVIATION]:
        known = _ids(verdict, Status.KNOWN_DEVIATION)
        return Conclusion("Deviates as known", f"{known}; all else that ran passed", "yellow")
    if not counts[Status.PASSED]:
        return Conclusion("No verdict", "nothing was run", "yellow")
    if not verdict.conformant:
        return Conclusion("Partial", _what_is_missing(verdict), "yellow")
    return Conclusion("Conforms", "".join(_what_it_conforms_to(verdict)), "green")


def _what_it_conforms_to(verdict: Verdict) -> Iterator[str]:
    yield "every core requirement passed, and every extended one that is claimed"
    if verdict.counts[Status.NOT_CLAIMED]:
        yield f"; not claimed: {_ids(verdict, Status.NOT_CLAIMED)}"
    if verdict.counts[Status.NOT_RUN]:
        # The message of each says what to install.
        yield f"; not run, since an extra is not installed: {_ids(verdict, Status.NOT_RUN)}"


def _what_is_wrong(verdict: Verdict) -> Iterator[str]:
    for status, words in (
        (Status.FAILED, "failed"),
        (Status.UNEXPECTEDLY_PASSED, "passed, although known not to:"),
        (Status.ADAPTER_ERROR, "nothing can be said of"),
    ):
        if verdict.counts[status]:
            yield f"{words} {_ids(verdict, status)}"


def _what_is_missing(verdict: Verdict) -> str:
    not_run = [(q, r) for q, r in verdict.results if r.status is Status.NOT_RUN]
    unable = ", ".join(q.id for q, r in not_run if not r.not_installed)
    return "what ran passed, but not everything was " + (
        f"run; this backend cannot do what {unable} needs" if unable else "selected"
    )


def _ids(verdict: Verdict, status: Status) -> str:
    return ", ".join(q.id for q, r in verdict.results if r.status is status)
