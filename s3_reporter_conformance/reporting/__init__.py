"""Output: the conformance report, the console, files for CI services, the HTML site.

May import `verdict`, `scenario` and the rooms below them; not `judging`.
"""
