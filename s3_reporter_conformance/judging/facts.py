"""The facts of a run: those that were given, and those that were observed.

Rules say by them in which runs they apply, and circumstances are told by them.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..scenario.run import DEFAULT_PROFILE, ENVIRONMENT, Run
from .answers import Kind, last_answer
from .key_timestamp import instants, timestamp_of
from .s3_url import is_url
from .waits import has_waits

_OPTIONS = ("aws_region", "bucket_name", "aws_profile")
_VARIABLES = (
    *("AWS_REGION", "ASH_S3_BUCKET_NAME", "AWS_DEFAULT_REGION", "AWS_PROFILE"),
    "AWS_MAX_ATTEMPTS",
)
_CONFIGURATION = (*_OPTIONS, "file_format", "AWS_REGION", "ASH_S3_BUCKET_NAME")
_USUAL = {
    "answer": "success",
    "results": "a real scan",
    "start": "in UTC",
    "bucket": "with objects of others",
    "output folder": "with files of others",
    "log level": "info",
    "check": "answered",
    "region of a profile": "not set",
}


# Each rule asks for them anew.
@lru_cache(maxsize=2)
def given_facts(run: Run) -> Mapping[str, str]:
    """The facts that were given, by name."""
    profile = run.options.get("aws_profile")
    caller = "another program" if run.report_anyway else "ASH Core"
    return {
        "file_format": _value(run.options.get("file_format")),
        **_USUAL,
        "key_prefix": _prefix(run.options.get("key_prefix")),
        "configuration": _configuration(run),
        **{name: _presence(run.options.get(name)) for name in _OPTIONS},
        **({} if not profile or profile in run.profiles else {"aws_profile": "unknown"}),
        **{name: _presence(run.environment.get(name)) for name in _VARIABLES},
        "credentials": _credentials(run),
        **{
            name: _value(run.options.get(name))
            for name in ("max_retries", "base_delay", "max_delay", "time_limit")
        },
        "reader": next(iter(run.readings), "none"),
        "caller": "a tool that scans" if run.is_scan else caller,
        "folder": "scanned before" if run.before else "new",
        **run.facts,
        # Last, for it seldom is the cause of anything.
        "region": run.region or "none",
    }


@lru_cache(maxsize=2)
def observed_facts(run: Run) -> Mapping[str, str]:
    """The facts that were observed, by name."""
    answer = last_answer(run)
    retries = len(run.attempts) - 1
    failed = answer is not None and answer.kind is not Kind.SUCCESS
    unstored = "refused" if failed else "there already"
    has_time = bool(run.uploads) and any(instants(timestamp_of(run) or ""))
    return {
        "upload": "stored" if run.stored else unstored if run.uploads else "not sent",
        "error": answer.kind.value if answer and failed else "none",
        "number of retries": ("none", "one", "several")[max(0, min(retries, 2))],
        "last answer": (answer.code or answer.kind.value) if answer else "none",
        "reporter": "ready" if run.is_ready else "not ready",
        "return value": _returned(run.returned),
        "key": "with a time" if has_time else "without a time",
        "copy": "written" if run.copies else "missing",
        "log": "not silent" if run.observation.complaints else "silent",
        "number of events": str(len(run.observation.events)),
        "backoff": "measured" if has_waits(run) else "not measured",
    }


def _configuration(run: Run) -> str:
    words = "complete" if run.is_configured else "incomplete"
    settings = {**run.environment, **run.options}
    is_empty = "" in (settings.get(name) for name in _CONFIGURATION)
    return f"{words}, with something empty" if is_empty else words


def _returned(text: str | None) -> str:
    if text is None:
        return "nothing"
    if is_url(text):
        return "a URL"
    return "a message" if text.strip() else "empty text"


def _value(value: Any) -> str:
    return "not set" if value is None else str(value) or "empty"


def _presence(value: Any) -> str:
    return "not set" if value is None else "set" if value else "empty"


def _prefix(value: Any) -> str:
    if not value:
        return _presence(value)
    if str(value).endswith("/"):
        return "with a slash at its end"
    return "plain" if str(value).replace("-", "").replace("/", "").isalnum() else "unusual"


def _credentials(run: Run) -> str:
    if run.environment_credentials and run.profile is None:
        kind = "temporary" if run.environment_credentials.session_token else "permanent"
        return f"{kind}, in {ENVIRONMENT}"
    used = run.profiles.get(run.profile or DEFAULT_PROFILE)
    return ("temporary" if used.session_token else "permanent") if used else "none"
