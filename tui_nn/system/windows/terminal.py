"""The terminal of this program: the window of Windows Terminal, or an older console."""

import msvcrt
import sys
from collections.abc import Callable

from tui_nn.language import _

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else

NO_TERMINAL_HINT = _(" (in Git Bash, type winpty before the command)")
"""What the user can do if standard input and output are no terminal although there is one."""

END_OF_INPUT = "Ctrl+Z and Enter"
"""The keys that say at the beginning of a line that nothing more is typed."""

_BEFORE_A_CODE = ("\x00", "\xe0")
"""What Windows sends before the code of a key that is no character."""
_SENT_FOR = {
    **{"H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D"},
    **{"I": "\x1b[5~", "Q": "\x1b[6~", "G": "\x1b[H", "O": "\x1b[F"},
}
"""What terminals send for the keys with these codes: the arrows, Page Up, Page Down, Home, End."""


def exit_when_gone(*terminals: int) -> None:
    """Does nothing: Windows itself ends a program once its console is gone."""


def why_no_screen(descriptor: int) -> str:  # noqa: ARG001
    """A sentence on why the terminal can't show a whole screen. "": each one on Windows 10 and newer can."""
    return ""


def is_bare_console() -> bool:
    """Whether the terminal is a console without a window system, whose font lacks our signs."""
    return False


def erases_with_ground() -> bool:
    """Whether it is known that the terminal erases cells in the current background colour."""
    return False


def take_keys_singly(descriptor: int) -> Callable[[], None]:  # noqa: ARG001
    """Does nothing: `read_key` takes each key at once. Gives what ends that."""
    return lambda: None


def read_key(descriptor: int, encoding: str) -> str:  # noqa: ARG001
    """What a terminal of another system would send for a key."""
    char = msvcrt.getwch()
    return _SENT_FOR.get(msvcrt.getwch(), "") if char in _BEFORE_A_CODE else char
