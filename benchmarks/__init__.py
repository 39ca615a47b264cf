"""How fast the suite and its reference are, as ratios to what the same work costs elsewhere.

`python -m benchmarks` measures, prints, and writes `docs/performance.json` and
`docs/performance.md`.  No test asserts any of it.
"""
