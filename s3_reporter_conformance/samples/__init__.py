"""Sample scan results; no code."""
