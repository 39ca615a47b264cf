"""The conformance report in the forms that other tools read, each derived solely from the report."""
