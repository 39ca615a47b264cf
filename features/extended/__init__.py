"""Rules and scenarios beyond the diagrams, each for reporters that declare its feature."""
