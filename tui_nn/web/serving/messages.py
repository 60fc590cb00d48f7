"""What a browser says over its websocket: lists in JSON, as the page's script writes them."""

import json
from typing import Any

from tui_nn.frozen_dataclass import frozen_dataclass

_FEWEST, _MOST = (20, 5), (500, 250)
_USUAL_SIZE = (80, 24)
_PING_LENGTH = 40


@frozen_dataclass
class Typed:
    """Keys, the mouse, or a paste, as a terminal sends them."""

    text: str


@frozen_dataclass
class Told:
    """A message for the program."""

    message: dict[str, Any]


@frozen_dataclass
class Ping:
    """A question whether the server is there."""

    said: str


def parse_message(text: str) -> Typed | Told | Ping:
    """What the browser says. Raises ValueError with the reason for a message that is none."""
    try:
        message = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    match message:
        case ["stdin", str(typed)]:
            return Typed(typed)
        case ["resize", {"width": int(width), "height": int(height)}]:
            columns, lines = _bounded(width, height)
            return Told({"type": "resize", "width": columns, "height": lines})
        case ["ping", str(said)] if len(said) <= _PING_LENGTH:
            return Ping(said)
        case ["focus" | "blur" as what]:
            return Told({"type": what})
    raise ValueError("no browser says this")


def parse_size(width: str, height: str) -> tuple[int, int]:
    """The size of the screen that a browser begins with, in columns and lines."""
    if not all(text.isascii() and text.isdigit() and len(text) < _PING_LENGTH for text in (width, height)):
        return _USUAL_SIZE
    return _bounded(int(width), int(height))


def _bounded(columns: int, lines: int) -> tuple[int, int]:
    return min(max(columns, _FEWEST[0]), _MOST[0]), min(max(lines, _FEWEST[1]), _MOST[1])
