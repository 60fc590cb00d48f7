"""What the palette lists. Every feature knows it; the palette itself is imported when it is opened."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One line of the palette: its name, a help text, and what to do when it is chosen.

    ``words`` are other words that find it. An entry that ``edits`` the lesson at once is found by its name only, by a
    whole word or by at least three letters.
    """

    title: str
    help: str
    do: Callable[[], Any]
    words: str = ""
    edits: bool = False
