"""The specification: eight Mermaid diagrams and the named paths through them; no code."""
