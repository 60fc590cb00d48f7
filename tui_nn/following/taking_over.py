"""What the small follower hands over to the full program that takes its place: keys, and how the terminal was before.

The terminal stays as it is meanwhile, so that no key is lost or shown. Imports nothing that a small program should not
have.
"""

import os
import sys
import termios
from typing import Any

from tui_nn.following.protocol import FOR_GOOD, FULL_VARIABLE

assert sys.platform != "win32"  # noqa: S101 - tells mypy not to check this on Windows

LEAVE = b"\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[?7h\x1b[?25h\x1b[?1049l"
"""What leaves the terminal's alternate screen, and all modes that the small follower sets."""

_TYPED = "TUI_NN_TYPED"
_TERMINAL = "TUI_NN_TERMINAL"


def handed_over(typed: bytes, terminal: list[Any] | None, for_good: bool) -> dict[str, str]:
    """The variables that hand over what the user ``typed``, and the attributes that the ``terminal`` had before.

    ``for_good``: the full program must not become small again.
    """
    variables = {FULL_VARIABLE: FOR_GOOD if for_good else "1", _TYPED: typed.hex()}
    if terminal is not None:
        *numbers, signs = terminal
        written = [one.hex() if isinstance(one, bytes) else str(one) for one in signs]
        variables[_TERMINAL] = " ".join([*map(str, numbers), *written])
    return variables


def typed_before() -> bytes:
    """What the user had typed when this program took over; tells it once."""
    return bytes.fromhex(os.environ.pop(_TYPED, ""))


def give_terminal_back() -> None:
    """Gives the user back the terminal that a small follower handed over, if one did."""
    if _TERMINAL in os.environ:
        os.write(1, LEAVE)
        restore_terminal(0)


def restore_terminal(descriptor: int) -> None:
    """Gives the terminal the attributes that it had before the small follower began, if there was one."""
    words = os.environ.pop(_TERMINAL, "").split()
    if words:
        now = termios.tcgetattr(descriptor)
        signs: list[Any] = [
            int(word) if isinstance(one, int) else bytes.fromhex(word)
            for one, word in zip(now[6], words[6:], strict=True)
        ]
        attributes: list[Any] = [*map(int, words[:6]), signs]
        termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
