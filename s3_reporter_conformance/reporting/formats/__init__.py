"""The conformance report in other formats, each derived solely from the report."""
