"""Opens the dashboard of another installation in real terminals and presses a few keys.

``python -m tests.terminal.opens COMMAND [ARGUMENT …]``. Raises AssertionError where it does not show what it ought to.
"""

import sys
import tempfile
from collections.abc import Sequence

from tests.terminal.program import running

_HELP = "Esc: back"
_TERMINALS: tuple[dict[str, str], ...] = ({}, {"TERM": "xterm", "COLORTERM": ""}, {"NO_COLOR": "1"}, {"TERM": "linux"})
_SIZE = (120, 40)
# What is pressed, and what is to be seen then.
_LOOKS = (
    ("right", "Step 2 of 10"),
    ("down", "iteration 2 "),
    ("2", "log10 J"),
    ("e", "Explain"),
    ("G", "Gradient check"),
    ("?", _HELP),
)


def opens(command: Sequence[str], **environment: str) -> None:
    """Walks through the lecture in a terminal of its own, and leaves."""
    with (
        tempfile.TemporaryDirectory() as state,
        running(command, _SIZE, XDG_STATE_HOME=state, **environment) as program,
    ):
        program.shows("? help", "iteration 1 ")
        for key, text in _LOOKS:
            program.press(key)
            program.shows(text)
        program.press("escape")
        program.until(lambda screen: _HELP not in screen.text)
        program.press("q")
        assert program.ended() == 0


if __name__ == "__main__":
    for terminal in _TERMINALS:
        opens((*sys.argv[1:], "--ascii"), **terminal)
