"""The reference reporter as a program.

It reads one request of the conformance suite's command contract from standard input, and prints
the reply.
"""

import json
import logging
import sys
from pathlib import Path

from .reporter import S3Reporter
from .results import StoredResults


def main() -> None:
    """Answer one request."""
    logging.basicConfig(format="%(levelname)s %(message)s")
    request = json.load(sys.stdin)
    reporter = S3Reporter(request["options"], Path(request["output_dir"]))
    if request["operation"] == "report":
        print(json.dumps({"returned": reporter.report(StoredResults(request["results"]))}))
    else:
        problem = reporter.problem()
        print(json.dumps({"ready": not problem, "message": problem or "ready"}))


if __name__ == "__main__":
    main()
