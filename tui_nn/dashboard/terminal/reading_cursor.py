"""The terminal's own cursor: screen readers, braille displays and magnifiers follow it."""

import os
from pathlib import Path
from typing import Protocol, runtime_checkable

from textual.geometry import Offset

CURSOR_VARIABLE = "TUI_NN_CURSOR"
"""The environment variable that shows the cursor (1) or hides it (0)."""
SHOWN, HIDDEN = "\x1b[?25h\x1b[2 q", "\x1b[?25l\x1b[0 q"
"""What shows it, as a block that does not blink, and what hides it and gives it back its usual shape."""
_BRAILLE_IS_THERE = (Path("/run/brltty.pid"), Path("/var/run/brltty.pid"))


@runtime_checkable
class HasCursor(Protocol):
    """What has a place on the screen at which the user is: a selected cell, or the caret in a text."""

    def cursor_on_screen(self) -> Offset | None:
        """The column and the line of that place, from 0; None if it is out of sight."""
        ...


def is_wanted() -> bool:
    """Whether the cursor is shown from the start: the user asked for it, or a screen reader is likely to run."""
    asked = os.environ.get(CURSOR_VARIABLE)
    if asked is not None:
        return asked not in ("", "0")
    return os.environ.get("GNOME_ACCESSIBILITY") == "1" or any(path.exists() for path in _BRAILLE_IS_THERE)
