"""The facts of a run, by which circumstances are told: those that were given, and the observed."""

from collections.abc import Mapping
from typing import Any

from ..scenario.profiles import DEFAULT_PROFILE
from ..scenario.run import ENVIRONMENT, Run
from .answers import last_answer

_SEVERAL = 2
_OPTIONS = ("aws_region", "bucket_name", "aws_profile")
_VARIABLES = ("AWS_REGION", "ASH_S3_BUCKET_NAME", "AWS_DEFAULT_REGION", "AWS_PROFILE")
_DELAYS = ("max_retries", "base_delay", "max_delay")


def given_facts(run: Run) -> Mapping[str, str]:
    """The facts that were given, by name."""
    facts = {
        "file_format": _value(run.options.get("file_format")),
        "S3 answers": "success",
        "results": "a real scan",
        "start": "in UTC",
        "key_prefix": _prefix(run.options.get("key_prefix")),
        "region": run.region or "none",
        **{name: _presence(run.options.get(name)) for name in _OPTIONS},
        **{name: _presence(run.environment.get(name)) for name in _VARIABLES},
        "credentials": _credentials(run),
        "bucket": "empty",
        "output folder": "empty",
        "log level": "info",
        **{name: str(run.options[name]) for name in _DELAYS if name in run.options},
        **run.facts,
    }
    profile = run.options.get("aws_profile")
    if profile and profile not in run.profiles:
        facts["aws_profile"] = "unknown"
    return facts


def observed_facts(run: Run) -> Mapping[str, str]:
    """The facts that were observed, by name."""
    answer = last_answer(run)
    retries = len(run.attempts) - 1
    return {
        "upload": "stored" if run.stored else "refused" if run.uploads else "not sent",
        "retries": "none" if retries < 1 else "one" if retries < _SEVERAL else "several",
        "last answer": (answer.code or answer.kind.value) if answer else "none",
        "ready": "yes" if run.is_ready else "no",
    }


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
    if used is None:
        return "none"
    return "temporary" if used.session_token else "permanent"
