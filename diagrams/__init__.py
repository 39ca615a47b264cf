"""The specification: what an S3 reporter does, in eight Mermaid diagrams."""
