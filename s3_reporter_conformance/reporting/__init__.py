"""How results are told: the conformance report, the console, files for other tools, the site.

Imports `verdict`, `scenario` and below.
"""
