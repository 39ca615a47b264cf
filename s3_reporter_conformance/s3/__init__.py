"""S3 itself, without sockets: what a request means, and whether S3 would take it.

`verification.refusal_of` is where to begin.
"""
