"""What connects a reporter to the suite: Python, a command, ASH; and the manifest that says which.

Imports `spec`, `errors` and `schemas`; knows neither `wire` nor `backends`.
"""
