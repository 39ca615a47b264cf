"""The text that people read: the names that they use, and the errors, by whose fault they are."""
