"""Opens the dashboard of another installation in real terminals and presses a few keys.

``python -m tests.terminal.opens COMMAND [ARGUMENT …]``. Raises AssertionError where it does not show what it ought to.
"""

import sys
import tempfile
from collections.abc import Sequence

from tests.terminal.program import running

_TERMINALS = ({}, {"TERM": "xterm", "COLORTERM": ""}, {"NO_COLOR": "1"}, {"TERM": "linux"})
# What is pressed, and what is to be seen then.
_LOOKS = (
    ("right", "A2"),
    ("e", "Explain"),
    ("escape", "Step"),
    ("2", "log"),
    ("G", "Gradient check"),
    ("escape", "Step"),
    ("?", "undo"),
    ("escape", "Step"),
    ("down", "iteration 2 "),
)


def opens(command: Sequence[str], **environment: str) -> None:
    """Walks through the lecture in a terminal of its own, and leaves."""
    with tempfile.TemporaryDirectory() as state, running(command, XDG_STATE_HOME=state, **environment) as program:
        program.shows("? help", "iteration 1 ")
        for keys, text in _LOOKS:
            program.press(keys)
            program.shows(text)
        program.press("q")
        assert program.ended() == 0


if __name__ == "__main__":
    for terminal in _TERMINALS:
        opens((*sys.argv[1:], "--ascii"), **terminal)
