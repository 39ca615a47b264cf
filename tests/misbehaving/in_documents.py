"""Reporters whose object harms its readers."""

import gzip
from typing import Any

from .catalogue import FAILED, Occasion, kind


def _upload(occasion: Occasion, content: bytes) -> str:
    reporter = occasion.reporter
    key = "ash-report-2026.yaml"
    bucket = reporter.configuration.bucket
    reporter._client.put_object(  # noqa: SLF001 -- it is its own
        Bucket=bucket, Key=key, Body=content, ContentType="application/yaml"
    )
    return f"s3://{bucket}/{key}"


@kind(FAILED, None, run="yaml")
def uploads_a_bomb_of_aliases(occasion: Occasion) -> Any:
    """A YAML document of a few lines that denotes 10 to the power of 12 items."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 13)]
    # Where the suite compares it, too.
    lines += [f"{name}: *a12" for name in ("metadata", "scanner_results", "sarif")]
    return _upload(occasion, "\n".join(lines).encode())


@kind(FAILED, None, run="yaml")
def uploads_a_document_that_contains_itself(occasion: Occasion) -> Any:
    return _upload(occasion, b"a: &a [*a, *a]\nb: &b {c: *b}\n")


@kind(FAILED, None, run="yaml")
def uploads_what_constructs_objects(occasion: Occasion) -> Any:
    return _upload(occasion, b"!!python/object/apply:os.system ['echo harmed >&2']\n")


@kind(FAILED)
def uploads_deep_nesting(occasion: Occasion) -> Any:
    return _upload(occasion, b"[" * 500_000 + b"]" * 500_000)


@kind(FAILED, None, run="yaml")
def uploads_deep_nesting_as_yaml(occasion: Occasion) -> Any:
    return _upload(occasion, b"[" * 5_000 + b"]" * 5_000)


@kind(FAILED)
def uploads_a_number_of_a_million_digits(occasion: Occasion) -> Any:
    return _upload(occasion, b'{"n": ' + b"9" * 1_000_000 + b"}")


@kind(FAILED)
def uploads_a_compressed_bomb(occasion: Occasion) -> Any:
    return _upload(occasion, gzip.compress(bytes(1 << 26)) * 20)
