"""A sample of the reporters that misbehave; `tox -e nightly` runs all, with both adapters."""

from pathlib import Path

from misbehaving import KINDS
from misbehaving.catalogue import PASSED
from misbehaving.running import findings_of, run_kinds

SAMPLE = (
    "leaves_a_daemon",
    "kills_its_parent",
    "prints_a_gigabyte",
    "returns_a_hundred_megabytes",
    "sends_a_million_small_requests",
    "opens_a_thousand_connections",
    "has_a_key_of_1025_bytes",
)


def test_a_sample(tmp_path: Path) -> None:
    kinds = [KINDS[name] for name in SAMPLE]
    ran = run_kinds("python", tmp_path, kinds, timeout=60, workers=0)
    for kind in kinds:
        run = ran.of(kind)
        findings = findings_of(run)
        assert run.status is kind.python, findings
        assert run.status is PASSED or all(words in findings for words in kind.says), findings
    assert ran.bystanders
    assert [findings_of(run) for run in ran.bystanders if run.status is not PASSED] == []
    assert not ran.is_held
    assert ran.left == []
