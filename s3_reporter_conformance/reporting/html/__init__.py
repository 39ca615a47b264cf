"""The HTML site: the results, drawn onto the diagrams."""
