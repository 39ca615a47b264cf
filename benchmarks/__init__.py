"""Measures the suite: `python -m benchmarks`."""
