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
from .shared_lists import COPY_LOST, LOG_LOST

WHEREVER_THE_START_IS_DUE = (
    "CFG-25 CFG-26 CFG-27 KEY-01 KEY-02 KEY-05 KEY-07 KEY-09 KEY-10 EXT-HADOOP-01"
)
WHEREVER_A_COPY_IS_DUE = (
    "LOC-01 LOC-02 LOC-03 LOC-04 LOC-05 LOC-06 LOC-07 SEQ-01 SEQ-02 SEQ-05 SEQ-06 SEQ-07 SEQ-08 "
    "SEQ-09 EXT-ATOMIC-01 EXT-LOCALFAIL-01 EXT-NAME-01 ERR-33 ERR-34"
)


@mutant(
    interpretation=7,
    kills=(
        "CFG-25 CFG-26 CFG-27 CFG-51 CFG-52 CFG-53 CFG-54 CFG-55 CFG-56 CFG-57 CFG-58 "
        "KEY-01 KEY-02 KEY-05 KEY-07 KEY-09 KEY-11 KEY-10 EXT-HADOOP-01"
    ),
)
class LocalTime(Changed):
    """Writes the start in the local time of the machine, as if that were UTC."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            prefix, moment(started).astimezone().replace(tzinfo=None), form
        )
    }


@mutant(
    "local_output: upload --> make_folder",
    kills=COPY_LOST,
)
class CopyAtTheFoldersUrl(Changed):
    """Takes the path of the folder from its URL, in which a space is %20."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, *rest: write_local_copy(
            type(folder)(urlsplit(folder.as_uri()).path), *rest
        )
    }


@mutant(
    "local_output: upload --> make_folder",
    kills=COPY_LOST,
)
class CopyInAnAsciiFolder(Changed):
    """Drops from the path of the folder what is not ASCII."""

    changes: ClassVar = {
        "write_local_copy": lambda folder, *rest: write_local_copy(
            type(folder)(str(folder).encode("ascii", "ignore").decode()), *rest
        )
    }


@mutant(
    "error_handling: check_permissions --> log_permission",
    "error_handling: error_type - Other -> log_error",
    interpretation=4,
    kills=LOG_LOST,
)
class LogsToNobody(S3Reporter):
    """Logs to a logger that passes nothing on and whose only handler writes nothing."""

    def report(self, results: Any) -> str:
        log = logging.getLogger("s3_reporter_conformance.reference")
        log.addHandler(logging.NullHandler())
        log.propagate = False
        return super().report(results)


@mutant(
    "error_handling: check_permissions --> log_permission",
    "error_handling: error_type - Other -> log_error",
    interpretation=4,
    kills=LOG_LOST,
)
class LogsOnlyTheWorst(S3Reporter):
    """Configures logging anew, at a level that no failure reaches."""

    def report(self, results: Any) -> str:
        logging.basicConfig(filename=os.devnull, force=True, level=logging.CRITICAL)
        return super().report(results)
