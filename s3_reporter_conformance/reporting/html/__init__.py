"""The living documentation: a static site that shows what was seen, on the diagrams."""
