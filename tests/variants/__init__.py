"""Reporters that are right, and differ in what the diagrams leave free.

They share nothing with the reference, so that the suite cannot be made for its habits.
"""

from collections.abc import Mapping
from typing import Any

# Not imported: `surroundings` looks around when it is.
_NAMES = {
    "plain": ("Plain",),
    "naming": (
        *("IsoTimestamp", "DigitsApart", "LocalTime", "DefaultForEmptyPrefix", "Units"),
        *("PrettyAndFlow", "ReversedAndQuoted"),
    ),
    "uploading": (
        *("ManagedUpload", "InParts", "PartByPart", "TemporaryFile", "FileBody"),
        *("OnlyIfNew", "Conditional", "OwnedByTheBucket", "TagsAfterwards", "Chatty", "AsksIam"),
        *("AtomicCopy", "CopyInAFolder", "CachesAtHome", "HistoryAtHome"),
    ),
    "signing": (
        *("HandMade", "DateHeader", "VirtualHosted", "OtherOrder"),
        *("AbsoluteForm", "WithRequests", "SignedChunks", "SignedTrailer", "UnsignedTrailer"),
        "PresignedUrl",
    ),
    "retrying": ("EqualJitter", "FullJitter", "TwoRetries", "RetriesFaults", "ProgramPerAttempt"),
    "answers": (
        *("HttpsUrl", "DualStackUrl", "EndpointUrl", "OtherWords", "PlainestWords"),
        *("WithAdvice", "MarkedLines", "ClosedFolder", "FindsOutEarly"),
        *("LogsTracebacks", "LogsToAFile", "LogsToABuffer", "LogsThroughAQueue"),
    ),
    "surroundings": ("LocalTimeWithZone", "LocaleEncoding", "HomeAtImport"),
    "scanning": ("Scanner",),
}

_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "EqualJitter": {"jitter": "equal"},
    "FullJitter": {"jitter": "full"},
    "TwoRetries": {"max_retries": 2},
    "ProgramPerAttempt": {"features": "retry-options"},
    "Scanner": {"features": "live-scan"},
}

VARIANTS: Mapping[str, Mapping[str, Any]] = {
    f"{module}:{name}": _SETTINGS.get(name, {})
    for module, names in _NAMES.items()
    for name in names
}
"""The settings of each variant, by its module and class."""
