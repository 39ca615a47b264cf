"""Step definitions: what each Given, When and Then sentence does.

May import `judging`, `scenario` and the rooms below them; not `verdict` or `reporting`.  Steps
start no process and send no HTTP request.
"""
