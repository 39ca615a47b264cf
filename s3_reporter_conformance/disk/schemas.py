"""The schemas in `docs/`, which are generated from the classes that documents become."""

import json
from importlib import resources
from typing import Any

SCHEMAS = ("report", "manifest", "known-deviations", "request", "reply")
"""The names of the schemas."""


def read_schema(name: str) -> dict[str, Any]:
    """Read a schema."""
    file = resources.files("s3_reporter_conformance.docs") / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema
