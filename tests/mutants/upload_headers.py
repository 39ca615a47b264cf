"""What S3 knows of how an object is stored, got wrong (interpretation 14)."""

from typing import Any

from .catalogue import mutant
from .over_reference import ChangedPut


@mutant(
    interpretation=14,
    spares=(
        "ARC-01 ARC-20 ARC-23 ARC-22 ARC-04 ARC-05 ARC-06 CFG-09 CFG-47 CFG-10 CFG-11 "
        "CFG-44 CFG-45 CFG-14 CFG-15 CFG-17 CFG-18 CFG-19 ERR-28 ERR-32 ERR-08 ERR-09 "
        "ERR-10 ERR-33 ERR-34 ERR-27 ERR-25 ERR-61 ERR-21 ERR-22 ERR-36 ERR-23 SEQ-07 "
        "SEQ-08 EXT-ATOMIC-02 EXT-REGION-01 EXT-REGION-02 EXT-GUARD-01 EXT-GUARD-02 "
        "EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 "
        "EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 "
        "EXT-SECRETS-06 EXT-PREFLIGHT-01 EXT-PREFLIGHT-03 EXT-PROFILE-01 EXT-PROFILE-02 "
        "EXT-RETRY-02 EXT-RETRY-06 EXT-RETRY-07"
    ),
)
class EncryptionInLowerCase(ChangedPut):
    """Asks for the encryption aes256 instead of AES256."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, ServerSideEncryption="aes256")


@mutant(
    interpretation=14,
    spares=(
        "ARC-01 ARC-20 ARC-23 ARC-22 ARC-04 ARC-05 ARC-06 CFG-09 CFG-47 CFG-10 CFG-11 "
        "CFG-44 CFG-45 CFG-14 CFG-15 CFG-17 CFG-18 CFG-19 ERR-28 ERR-32 ERR-08 ERR-09 "
        "ERR-10 ERR-33 ERR-34 ERR-27 ERR-25 ERR-61 ERR-21 ERR-22 ERR-36 ERR-23 SEQ-07 "
        "SEQ-08 EXT-ATOMIC-02 EXT-REGION-01 EXT-REGION-02 EXT-GUARD-01 EXT-GUARD-02 "
        "EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 "
        "EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 "
        "EXT-SECRETS-06 EXT-PREFLIGHT-01 EXT-PREFLIGHT-03 EXT-PROFILE-01 EXT-PROFILE-02 "
        "EXT-RETRY-02 EXT-RETRY-06 EXT-RETRY-07"
    ),
)
class TagTwice(ChangedPut):
    """Adds a tag that is there already."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, Tagging="tool=ash&team=a&tool=ash")


@mutant(
    interpretation=14,
    spares=(
        "ARC-01 ARC-20 ARC-23 ARC-22 ARC-04 ARC-05 ARC-06 CFG-09 CFG-47 CFG-10 CFG-11 "
        "CFG-44 CFG-45 CFG-14 CFG-15 CFG-17 CFG-18 CFG-19 ERR-28 ERR-32 ERR-08 ERR-09 "
        "ERR-10 ERR-33 ERR-34 ERR-27 ERR-25 ERR-61 ERR-21 ERR-22 ERR-36 ERR-23 SEQ-07 "
        "SEQ-08 EXT-ATOMIC-02 EXT-REGION-01 EXT-REGION-02 EXT-GUARD-01 EXT-GUARD-02 "
        "EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 "
        "EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 "
        "EXT-SECRETS-06 EXT-PREFLIGHT-01 EXT-PREFLIGHT-03 EXT-PROFILE-01 EXT-PROFILE-02 "
        "EXT-RETRY-02 EXT-RETRY-06 EXT-RETRY-07"
    ),
)
class ConditionOnAnETag(ChangedPut):
    """Uploads unless the object has an ETag that it knows."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, IfNoneMatch='"0cc175b9c0f1b6a831c399e269772661"')
