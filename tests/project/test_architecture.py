"""The page shows the rooms as they are."""

import sys

from rooms import PAGE, ROOT, SECTION
from running import ended


def test_the_page_shows_the_rooms_as_they_are() -> None:
    drawn = ended(sys.executable, str(ROOT / "tests" / "rooms.py")).stdout
    assert SECTION.findall(PAGE.read_text()) == [drawn], "run python tests/rooms.py --write"
