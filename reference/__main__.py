"""The reference reporter as a program.

With a results file it uploads that file's scan results and prints the S3 URL; without, it takes
one request of the conformance suite's command contract from standard input and prints the reply.
"""

import argparse
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .reporter import S3Reporter
from .results import StoredResults

_PROGRAM = "python -m s3_reporter_conformance.reference"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Returns:
        The exit code: 0, or 1 where nothing was uploaded; unusable arguments end with 2.
    """
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(message)s")
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.results is None:
        if sys.stdin.isatty():
            parser.error("name a results file, or send a request of the contract to standard input")
        print(json.dumps(_answer(json.load(sys.stdin))))
        return 0
    return _upload(parser, given)


def _upload(parser: argparse.ArgumentParser, given: argparse.Namespace) -> int:
    options = {
        name: value
        for name, value in vars(given).items()
        if name not in {"results", "output_dir"} and value is not None
    }
    try:
        results = StoredResults.read(given.results)
    except (OSError, ValueError) as error:
        parser.error(f"cannot read the scan results: {error}")
    reporter = S3Reporter(options, given.output_dir)
    if not reporter.validate():
        return 1
    outcome = reporter.report(results)
    if outcome.startswith("s3://"):
        print(outcome)
        return 0
    return 1


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    reporter = S3Reporter(request["options"], Path(request["output_dir"]))
    match request["operation"]:
        case "validate":
            problem = reporter.problem()
            return {"ready": False, "message": problem} if problem else {"ready": True}
        case "report":
            return {"returned": reporter.report(StoredResults(request["results"]))}
        case other:
            message = f"operation is {other!r}; it must be 'validate' or 'report'"
            raise ValueError(message)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_PROGRAM, description=__doc__)
    parser.add_argument("results", nargs="?", type=Path, help="a scan's results, JSON")
    parser.add_argument("--aws-region", help="default: AWS_REGION, AWS_DEFAULT_REGION")
    parser.add_argument("--bucket-name", help="default: ASH_S3_BUCKET_NAME")
    parser.add_argument("--aws-profile", help="default: AWS_PROFILE, the default profile")
    parser.add_argument("--key-prefix", help="default: ash-reports/")
    parser.add_argument("--file-format", choices=("json", "yaml"), help="default: json")
    parser.add_argument("--max-retries", type=int, help="default: 3")
    parser.add_argument("--base-delay", type=float, help="seconds; default: 1")
    parser.add_argument("--max-delay", type=float, help="seconds; default: 60")
    parser.add_argument(
        "--output-dir",
        type=Path,
        default=Path(),
        help="where reports/ with the local copy goes; default: this folder",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
