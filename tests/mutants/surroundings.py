"""Mistakes that show only in some surroundings: time zone, paths, configuration of logging."""

import logging
import os
from typing import Any, ClassVar
from urllib.parse import urlsplit

from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.local_copy import write_local_copy
from s3_reporter_conformance.reference.naming import object_key

from .catalogue import mutant
from .naming import moment
from .over_reference import Changed


@mutant(aim="KEY-01")
class LocalTime(Changed):
    """Writes the start in the local time of the machine, as if that were UTC."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            prefix, moment(started).astimezone().replace(tzinfo=None), form
        )
    }


@mutant(aim="LOC-01")
class CopyAtTheFoldersUrl(Changed):
    """Takes the path of the folder from its URL, in which a space is %20."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, *rest: write_local_copy(
            type(folder)(urlsplit(folder.as_uri()).path), *rest
        )
    }


@mutant(aim="LOC-01")
class CopyInAnAsciiFolder(Changed):
    """Drops from the path of the folder what is not ASCII."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, *rest: write_local_copy(
            type(folder)(str(folder).encode("ascii", "ignore").decode()), *rest
        )
    }


@mutant(aim="ERR-10")
class LogsToNobody(S3Reporter):
    """Logs to a logger that passes nothing on and whose only handler writes nothing."""

    def report(self, results: Any) -> str:
        log = logging.getLogger("s3_reporter_conformance.reference")
        log.addHandler(logging.NullHandler())
        log.propagate = False
        return super().report(results)


@mutant(aim="ERR-09")
class LogsOnlyTheWorst(S3Reporter):
    """Configures logging anew, at a level that no failure reaches."""

    def report(self, results: Any) -> str:
        logging.basicConfig(filename=os.devnull, force=True, level=logging.CRITICAL)
        return super().report(results)
