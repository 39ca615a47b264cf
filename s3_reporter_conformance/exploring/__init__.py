"""Situations that nobody wrote down: drawn, and shrunk to what breaks a rule, by Hypothesis."""
