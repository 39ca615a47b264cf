"""The requirements, in Gherkin; no code."""
