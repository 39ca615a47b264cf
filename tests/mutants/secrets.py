"""Credentials told, although the reporter says that it does not."""

import base64
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from botocore.exceptions import BotoCoreError
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.conversion import Document

from .catalogue import mutant

logger = logging.getLogger(__name__)


class _Secret(S3Reporter):
    @property
    def secret(self) -> str:
        try:
            client: Any = self._client
        except BotoCoreError:
            return ""
        credentials = client._request_signer._credentials  # noqa: SLF001
        return str(credentials.secret_key) if credentials else ""


@mutant(aim="EXT-SECRETS-01")
class SecretInTheLog(_Secret):
    """Logs the secret key."""

    def report(self, results: Any) -> str:
        logger.info("signing with %s", self.secret)
        return super().report(results)


@mutant(aim="EXT-SECRETS-01")
class SecretInTheMessage(_Secret):
    """Returns the secret key with the error message."""

    def report(self, results: Any) -> str:
        returned = super().report(results)
        return returned if returned.startswith("s3://") else f"{returned} ({self.secret})"


@mutant(aim="EXT-SECRETS-01")
class SecretInHexadecimal(_Secret):
    """Logs the secret key in hexadecimal, although it says that it does not."""

    def report(self, results: Any) -> str:
        logger.info("signed with %s", self.secret.encode().hex())
        return super().report(results)


@mutant(aim="EXT-SECRETS-01")
class SecretInBase64(_Secret):
    """Logs its settings in Base64, the secret key among them, although it says that it does not."""

    def report(self, results: Any) -> str:
        logger.info("%s", base64.urlsafe_b64encode(f"secret_key={self.secret}\n".encode()).decode())
        return super().report(results)


@mutant(aim="EXT-SECRETS-01")
class SecretInHome(_Secret):
    """Keeps its settings in HOME, the secret key among them, although it says that it does not."""

    def report(self, results: Any) -> str:
        (Path.home() / ".ash-s3.json").write_text(json.dumps({"secret_key": self.secret}))
        return super().report(results)


@mutant(aim="EXT-SECRETS-01")
class SecretAtDebugLevel(_Secret):
    """Logs the secret key at debug level, although it says that it does not."""

    def report(self, results: Any) -> str:
        logger.debug("signed with %s", self.secret)
        return super().report(results)


class _SecretSent(_Secret):
    """Sends the secret key with the object."""

    more: ClassVar[Mapping[str, Callable[[str], Any]]] = {}

    def _upload(self, key: str, document: Document) -> str:
        secret = self.secret
        if secret:
            client: Any = self._client
            sent = {name: value(secret) for name, value in self.more.items()}
            client.put_object = partial(client.put_object, **sent)
        return super()._upload(key, document)


@mutant(aim="EXT-SECRETS-01")
class SecretInMetadata(_SecretSent):
    """Describes in the metadata who uploaded the object, although it says that it does not."""

    more: ClassVar = {"Metadata": lambda secret: {"uploaded-with": secret}}


@mutant(aim="EXT-SECRETS-01")
class SecretInTags(_SecretSent):
    """Describes in a tag who uploaded the object, although it says that it does not."""

    more: ClassVar = {"Tagging": lambda secret: f"uploaded-with={secret}"}


@mutant(aim="EXT-SECRETS-01")
class PresignedUrlLogged(S3Reporter):
    """Logs a URL with which anybody can read the object, although it says that it does not."""

    def _upload(self, key: str, document: Document) -> str:
        returned = super()._upload(key, document)
        if returned.startswith("s3://"):
            target = {"Bucket": self.configuration.bucket, "Key": key}
            client: Any = self._client
            logger.info("Read it at %s", client.generate_presigned_url("get_object", target))
        return returned


@mutant(aim="EXT-SECRETS-01")
class SessionTokenLogged(_Secret):
    """Logs the headers that it sends, the session token among them."""

    def report(self, results: Any) -> str:
        # Where there is a client: without one, nothing is sent.
        with suppress(BotoCoreError):
            client: Any = self._client
            credentials = client._request_signer._credentials  # noqa: SLF001
            logger.warning("x-amz-security-token: %s", credentials and credentials.token)
        return super().report(results)


@mutant(aim="EXT-SECRETS-01")
class SecretOfRefusedKeyLogged(_Secret):
    """Logs the credentials if S3 does not know the access key."""

    def report(self, results: Any) -> str:
        returned = super().report(results)
        if "InvalidAccessKeyId" in returned:
            logger.warning("S3 does not know the credentials %s", self.secret)
        return returned


@mutant(aim="EXT-SECRETS-01")
class ProfilesShown(S3Reporter):
    """Shows the file with the profiles if the configured one is not in it."""

    def report(self, results: Any) -> str:
        returned = super().report(results)
        if "could not be found" in returned:
            logger.error("There are: %s", (Path.home() / ".aws" / "credentials").read_text())
        return returned


@mutant(aim="EXT-SECRETS-01")
class ProfileAtDebugLevel(_Secret):
    """Logs the secret key of a profile at debug level."""

    def report(self, results: Any) -> str:
        if self.configuration.profile:
            logger.debug("signed with %s", self.secret)
        return super().report(results)
