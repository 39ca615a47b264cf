"""Credentials that leak (feature no-secrets)."""

import json
import logging
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .mutant import (
    Change,
    Mutant,
    after_failure,
    before,
    disconnected,
    has_profile,
    is_yaml,
    throttled,
    when,
)

log = logging.getLogger(__name__)


def credentials(self: Any) -> Any:
    """The credentials of the reporter; `None` if it has none, or no client."""
    with suppress(BotoCoreError):
        return self.s3._request_signer._credentials  # noqa: SLF001
    return None


def secret(self: Any) -> str:
    return str(getattr(credentials(self), "secret_key", ""))


def token(self: Any) -> str:
    return str(getattr(credentials(self), "token", ""))


def logged(level: int, text: Change) -> Change:
    """A text about the credentials, logged first."""
    return before(lambda self, *_: log.log(level, "%s", text(self)))


def log_secret(self: Any, *_: Any) -> None:
    log.warning("signed with %s", secret(self))


def log_refused_secret(self: Any, right: Any, text: str) -> Any:
    if "InvalidAccessKeyId" in text:
        log_secret(self)
    return right(text)


def show_profiles(_self: Any, right: Any, text: str) -> Any:
    if "could not be found" in text:
        log.error("There are: %s", (Path.home() / ".aws" / "credentials").read_text())
    return right(text)


def log_answer(_self: Any, right: Any, arguments: Any) -> Any:
    try:
        return right(arguments)
    except ClientError as error:
        log.warning("%s", error.response)
        raise


def log_environment(*_: Any) -> None:
    log.warning("%s", dict(os.environ))


def log_presigned_url(self: Any, bucket: str, key: str) -> None:
    target = {"Bucket": bucket, "Key": key}
    log.info("Read it at %s", self.s3.generate_presigned_url("get_object", target))


def keep_at_home(self: Any, _results: Any) -> None:
    (Path.home() / ".ash-s3.json").write_text(json.dumps({"secret_key": secret(self)}))


def sent(more: Change) -> Change:
    """The secret in an argument of PutObject."""
    return lambda self, right, arguments: right(
        {**arguments, **(more(secret(self)) if secret(self) else {})}
    )


leak = partial(Mutant, aim="EXT-SECRETS-01")

MUTANTS = (
    leak("SecretInTheLog", report=logged(logging.INFO, secret)),
    leak("SecretAtDebugLevel", report=logged(logging.DEBUG, secret)),
    leak(
        "SecretInHexadecimal", report=logged(logging.INFO, lambda self: secret(self).encode().hex())
    ),
    leak("SessionTokenLogged", report=logged(logging.WARNING, token)),
    leak("PresignedUrlLogged", url=before(log_presigned_url)),
    # Only in some situations.
    leak("SecretAfterThrottling", put=after_failure(throttled, log_secret)),
    leak("SecretWhenDisconnected", put=after_failure(disconnected, log_secret)),
    leak("SecretWithYaml", whenever="file_format is yaml", put=when(is_yaml, before(log_secret))),
    leak("EnvironmentWhenDisconnected", put=after_failure(disconnected, log_environment)),
    leak("RefusedTokenLogged", put=log_answer),
    leak("SecretOfRefusedKeyLogged", message=log_refused_secret),
    leak("ProfileAtDebugLevel", report=when(has_profile, logged(logging.DEBUG, secret))),
    leak("TokenOfProfileLogged", report=when(has_profile, logged(logging.INFO, token))),
    leak("ProfilesShown", message=show_profiles),
    # Elsewhere than in the log.
    leak("SecretInTheMessage", message=lambda self, _, text: f"{text} ({secret(self)})"),
    leak("SecretInHome", report=before(keep_at_home)),
    leak("SecretInMetadata", put=sent(lambda key: {"Metadata": {"uploaded-with": key}})),
    leak("SecretInTags", put=sent(lambda key: {"Tagging": f"uploaded-with={key}"})),
)
