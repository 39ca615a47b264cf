"""Plain `pytest features` runs the suite; see `s3_reporter_conformance.pytest_plugin`."""

pytest_plugins = ["s3_reporter_conformance.pytest_plugin"]
