"""Texts that a terminal and XML show as they are."""

import re

# Control characters would be obeyed by terminals and are refused by XML; marks that change the
# direction of writing (Unicode Standard Annex #9) show another text than there is.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """Replace what a terminal would obey, XML refuses, or that shows another text than there is."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
