"""Pages that the command line quotes."""
