"""What the Then sentences call upon: documents, URLs, wording, the services that consume reports.

Imports `scenario` and below; knows nothing of verdicts and reports.
"""
