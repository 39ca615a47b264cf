"""The ways to plug a reporter in."""

from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Call, Outcome
from s3_reporter_conformance.adapters.registry import ADAPTERS, Kind, connect, find_reporter
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.words.errors import UsageError

ROOT = Path(__file__).parents[2]


class Far:
    """An adapter of another kind."""

    def __init__(self, target: str) -> None:
        self.target = target

    def open(self) -> None:
        pass

    def run(self, call: Call) -> Outcome:
        del call
        return Outcome(ready=False)

    def interrupt(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_an_entry_is_all_that_a_new_kind_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kind = Kind("far:host:port", "far away", bool, lambda target, _, __: Far(target))
    kinds = {**ADAPTERS, "far": kind}
    monkeypatch.setattr("s3_reporter_conformance.adapters.registry.ADAPTERS", kinds)
    manifest = find_reporter("far:away:1")
    adapter = connect(manifest, tmp_path)
    assert isinstance(adapter, Far)
    assert adapter.target == "away:1"
    with pytest.raises(UsageError, match="is not a valid reporter"):
        find_reporter("far:")
    with pytest.raises(UsageError, match="--in-process is for python: and ash:, not for a far"):
        Settings("far:away:1", in_process=True).check()


def test_every_kind_begins_with_its_scheme() -> None:
    for scheme, kind in ADAPTERS.items():
        assert kind.form.startswith(f"{scheme}:")


def test_the_contract_lists_every_kind() -> None:
    contract = (ROOT / "docs" / "contract.md").read_text()
    for kind in ADAPTERS.values():
        assert f"| `{kind.form}` |" in contract
