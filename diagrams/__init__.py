"""The specification: eight Mermaid diagrams; no code."""
