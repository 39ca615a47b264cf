"""The command line, one module for each group of commands.

May import every room but `steps` and `pytest_plugin`.
"""

from .interpreter import search_own_modules_first

# Before the modules of this room import the rest of the suite and its libraries.
search_own_modules_first()
