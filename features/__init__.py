"""The rules and the scenarios, in Gherkin; no code."""
