"""The program: `s3-reporter-conformance`, or `python -m s3_reporter_conformance`."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from .cli.main import main as command_line  # noqa: PLC0415 -- it takes a moment
    except KeyboardInterrupt:
        # As later, and not with a traceback.
        sys.stderr.write("Interrupted: no verdict.\n")
        sys.exit(130)
    command_line()


if __name__ == "__main__":
    main()
