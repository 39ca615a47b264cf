"""Statuses, the verdict, and the form of the report; known deviations, baselines, and the comparison of reports.

May import `adapters` (for the manifest), `spec` and the rooms below it; not `scenario`.
"""
