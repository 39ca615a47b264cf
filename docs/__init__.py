"""The guides and the JSON Schemas, which the command line quotes and validates with; no code."""
