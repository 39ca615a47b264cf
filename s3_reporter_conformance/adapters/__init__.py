"""Ways to plug in a reporter: a command, a Python class, ASH; and the manifest that names one.

May import `spec`, `disk` and `words`; not `wire` or `backends`.  Only this room
starts processes.
"""
