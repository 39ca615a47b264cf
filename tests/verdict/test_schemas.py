"""The schemas in `docs/` are those of the classes, and say what each entry is."""

import pytest
import schemas

from s3_reporter_conformance.disk.schemas import SCHEMAS, read_schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_that_of_its_classes(name: str) -> None:
    """Run `python tests/schemas.py` after a change of the classes."""
    assert schemas.text_of(name) == (schemas.DOCS / f"{name}.schema.json").read_text()
    assert read_schema(name) == schemas.schema_of(name)


def test_each_part_is_described() -> None:
    for name in SCHEMAS:
        schema = schemas.schema_of(name)
        for part in (schema, *schema["$defs"].values()):
            assert part.get("description") or "anyOf" in part
