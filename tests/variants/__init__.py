"""Reporters that are right, and differ in what the diagrams leave free.

They share nothing with the reference, so that the suite cannot be made for its habits.
"""

from collections.abc import Mapping
from typing import Any

VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "plain:Plain": {},
    "serializing:PrettyAndFlow": {},
    "serializing:ReversedAndQuoted": {},
    "naming:IsoTimestamp": {},
    "naming:DigitsApart": {},
    "naming:LocalTime": {},
    "naming:DefaultForEmptyPrefix": {},
    "uploading:ManagedUpload": {},
    "uploading:FileBody": {},
    "uploading:MultipartForLarge": {},
    "uploading:OnlyIfNew": {},
    "uploading:Chatty": {},
    "signing:HandMade": {},
    "signing:UnsignedPayload": {},
    "signing:VirtualHosted": {},
    "signing:WithRequests": {},
    "signing:SignedChunks": {},
    "signing:SignedTrailer": {},
    "signing:UnsignedTrailer": {},
    "signing:PresignedUrl": {},
    "signing:ContentMd5": {},
    "retrying:EqualJitter": {"jitter": "equal"},
    "retrying:FullJitter": {"jitter": "full"},
    "retrying:TwoRetries": {"max_retries": 2},
    "retrying:RetriesFaults": {},
    "retrying:ProgramPerAttempt": {"features": "retry-options"},
    "telling:HttpsUrl": {},
    "telling:DualStackUrl": {},
    "telling:EndpointUrl": {},
    "telling:OtherWords": {},
    "telling:WithAdvice": {},
    "telling:MarkedLines": {},
    "telling:ClosedFolder": {},
    "telling:FindsOutEarly": {},
    "surroundings:LocalTimeWithZone": {},
    "surroundings:LocaleEncoding": {},
    "surroundings:HomeAtImport": {},
    "logs:LogsToAFile": {},
    "logs:LogsThroughAQueue": {},
    "logs:LogsToABuffer": {},
    "telling:CopyInAFolder": {},
    "sparing:AtomicCopy": {},
    "sparing:CachesAtHome": {},
    "sparing:Conditional": {},
    "sparing:OwnedByTheBucket": {},
    "sparing:TagsAfterwards": {},
    "sparing:TemporaryFile": {},
}
"""The settings that each needs, by its module and class."""
