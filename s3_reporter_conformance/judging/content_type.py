"""Compares content types (interpretation 10)."""

from email.message import Message


def is_content_type(seen: str, expected: str) -> bool:
    """Whether a content type is the expected one.

    Case and parameters do not change the type (RFC 9110, section 8.3.1).  A charset must be UTF-8,
    because the content is.

    Args:
        seen: The header's value, such as `application/json; charset=utf-8`.
        expected: The type alone.
    """
    header = Message()
    header["Content-Type"] = seen
    charset = header.get_param("charset", "utf-8")
    return header.get_content_type() == expected and str(charset).lower() in {"utf-8", "utf8"}
