"""The program: `s3-reporter-conformance`, or `python -m s3_reporter_conformance`."""

import atexit
import gc
import signal
import sys


def main() -> None:
    """Run the command line."""
    # Most of what is made is kept to the end, when nobody needs to look for garbage in it.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    # They end the program as Ctrl-C does; `nohup` lets it ignore that its terminal is closed.
    for each in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, signal.default_int_handler)
    try:
        from .cli.main import main as command_line  # noqa: PLC0415 -- it takes a moment
    except KeyboardInterrupt:
        # As later, and not with a traceback.
        sys.stderr.write("Interrupted: no verdict.\n")
        sys.exit(130)
    try:
        command_line()
    finally:
        # All that is left is to end: one more Ctrl-C would print a traceback, or change the code.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
