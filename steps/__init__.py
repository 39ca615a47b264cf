"""Step definitions: how a sentence prepares a run, and how it judges one.

May import `judging`, `scenario` and the rooms below them; not `verdict` or `reporting`.  Steps
start no process and send no HTTP request.
"""
