"""What S3 knows of how an object is stored, got wrong (interpretation 14)."""

from typing import Any

from .catalogue import mutant
from .over_reference import ChangedPut


@mutant(aim="ARC-01")
class EncryptionInLowerCase(ChangedPut):
    """Asks for the encryption aes256 instead of AES256."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, ServerSideEncryption="aes256")


@mutant(aim="ARC-01")
class TagTwice(ChangedPut):
    """Adds a tag that is there already."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, Tagging="tool=ash&team=a&tool=ash")


@mutant(aim="ARC-01")
class ConditionOnAnETag(ChangedPut):
    """Uploads unless the object has an ETag that it knows."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, IfNoneMatch='"0cc175b9c0f1b6a831c399e269772661"')
