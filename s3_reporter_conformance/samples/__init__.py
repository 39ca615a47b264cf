"""Scan results to verify reporters with."""
