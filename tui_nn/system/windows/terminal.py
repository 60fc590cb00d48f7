"""The terminal of this program: the window of Windows Terminal, or an older console."""

import sys

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else

NO_TERMINAL_HINT = " (in Git Bash, type winpty before the command)"
"""What the user can do if standard input and output are no terminal although there is one."""

END_OF_INPUT = "Ctrl+Z and Enter"
"""The keys that say at the beginning of a line that nothing more is typed."""


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
