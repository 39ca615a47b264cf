"""`python -m s3_reporter_conformance`, the same as `s3-reporter-conformance`."""

from .cli.main import main

if __name__ == "__main__":
    main()
