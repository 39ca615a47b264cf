"""The command line, one module for each group of commands.

May import every room but `steps` and `pytest_plugin`.
"""
