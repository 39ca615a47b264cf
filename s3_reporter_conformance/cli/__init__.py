"""The command line, a thin skin over `runner` and `reporting`."""
