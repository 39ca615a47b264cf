"""Converts results once: `convert reference|ash json|yaml FINDINGS`."""

import json
import sys

import yaml
from s3_reporter_conformance.reference.conversion import convert

from .made_results import made_results, tell

who, form, findings = sys.argv[1:]
results = made_results(int(findings))
if who == "reference":
    tell(lambda: convert(results, form).content)
elif form == "json":
    # These are the calls of ASH's reporter.
    tell(lambda: json.dumps(results, default=str, indent=2))
else:
    tell(lambda: yaml.dump(results, default_flow_style=False))
