"""Reporters whose object harms its readers."""

import gzip

from . import FAILED, kind
from .reporter import Misbehaving


def _upload(reporter: Misbehaving, content: bytes) -> str:
    return reporter.put("ash-report-2026.yaml", content, ContentType="application/yaml")


@kind(FAILED, file_format="yaml")
def uploads_a_bomb_of_aliases(reporter: Misbehaving) -> str:
    """A YAML document of a few lines that denotes 10 to the power of 12 items."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 13)]
    # Where the suite compares it, too.
    lines += [f"{name}: *a12" for name in ("metadata", "scanner_results", "sarif")]
    return _upload(reporter, "\n".join(lines).encode())


@kind(FAILED, file_format="yaml")
def uploads_what_constructs_objects(reporter: Misbehaving) -> str:
    return _upload(reporter, b"!!python/object/apply:os.system ['echo harmed >&2']\n")


@kind(FAILED)
def uploads_deep_nesting(reporter: Misbehaving) -> str:
    return _upload(reporter, b"[" * 500_000 + b"]" * 500_000)


@kind(FAILED)
def uploads_a_number_of_a_million_digits(reporter: Misbehaving) -> str:
    return _upload(reporter, b'{"n": ' + b"9" * 1_000_000 + b"}")


@kind(FAILED)
def uploads_a_compressed_bomb(reporter: Misbehaving) -> str:
    return _upload(reporter, gzip.compress(bytes(1 << 26)) * 20)
