"""Scan results of any size, in the shape of ASH's, and what a script tells of its work."""

import json
import resource
import time
from collections.abc import Callable
from typing import Any

# Where Linux counts in kilobytes, macOS counts in bytes; the benchmarks run on Linux.
_KILOBYTE = 1024


def made_results(findings: int) -> dict[str, Any]:
    """Make the simple dict of a scan, about 430 bytes of JSON a finding."""
    return {
        "name": "ASH Scan Report",
        "metadata": {"summary_stats": {"start": "2026-01-15T10:30:00+00:00"}},
        "scanner_results": {
            f"scanner-{number}": {
                "status": "FAILED",
                "findings": [_finding(each) for each in range(number, findings, 4)],
            }
            for number in range(4)
        },
    }


def _finding(number: int) -> dict[str, Any]:
    return {
        "id": f"CKV_AWS_{number}",
        "title": "Ensure that the S3 bucket has access logging enabled",
        "description": "The bucket policy allows public access \u2014 review it. " * 2,
        "severity": "HIGH" if number % 3 else "LOW",
        "score": number / 7,
        "suppressed": False,
        "cve": None,
        "tags": ["aws", "s3", "cis"],
        "location": {
            "uri": f"file:///src/module_{number % 97}/main.tf",
            "region": {"startLine": number, "endLine": number + 7},
        },
    }


def tell(work: Callable[[], bytes | str]) -> None:
    """Do the work once in this thread and print what it cost, as `measuring.Sample` has it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.thread_time()
    made = work()
    cost = {"wall": time.perf_counter() - wall, "cpu": time.thread_time() - cpu}
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = len(made if isinstance(made, bytes) else made.encode())
    print(json.dumps({**cost, "memory": (after - before) * _KILOBYTE, "bytes": size}))
