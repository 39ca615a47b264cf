"""Statuses, verdicts, the form of the report; known deviations, baselines, comparisons.

May import `adapters` (for the manifest), `spec` and the rooms below it; not `scenario`.
"""
