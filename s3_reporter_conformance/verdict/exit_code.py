"""The exit codes of the command line."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command line."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    ADAPTER_ERROR = 3
    USAGE_ERROR = 4
    NOTHING_RAN = 5
    # What a shell ends with after Ctrl-C.
    INTERRUPTED = 130
