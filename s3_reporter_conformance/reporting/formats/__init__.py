"""The conformance report in the forms that other tools read, derived solely from the report."""
