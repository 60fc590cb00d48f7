"""The terminal of this program."""

import importlib
import os
import select
import sys
import termios
import tty
from collections.abc import Callable
from functools import partial
from threading import Thread
from time import sleep
from types import ModuleType
from typing import NoReturn

from tui_nn.language import _

assert sys.platform != "win32"  # noqa: S101 - tells mypy not to check this on Windows

EXIT_CODE = 129
"""The exit code that a shell reports for a program ended by SIGHUP: 128 + 1."""
NO_TERMINAL_HINT = ""
"""What the user can do if standard input and output are no terminal although there is one."""
END_OF_INPUT = "Ctrl+D"
"""The key that says at the beginning of a line that nothing more is typed."""
_LOOK_SECONDS = 1.0
_KIND_LENGTH = 40
_KEYS_LENGTH = 64


def exit_when_gone(*terminals: int) -> None:
    """Ends the process within a second after one of ``terminals``, given as file descriptors, is gone.

    When a terminal is gone, Linux ends its program with SIGHUP, unless the program was started with hangups ignored
    (``nohup``, some servers). Then nothing else would end it: the UI thread may be waiting for the terminal to take
    output. The process ends without cleaning up, as after SIGHUP. Nothing is lost: every event of a lesson is on the
    disk before the screen shows it, and a file being written is put in its place only once it is whole.
    """
    Thread(target=_watch_terminal, args=terminals, name="hangup", daemon=True).start()


def _watch_terminal(*terminals: int) -> NoReturn:
    # With an empty mask, poll reports only hangups and errors: this thread sleeps while keys are pressed.
    poll = select.poll()
    for terminal in terminals:
        poll.register(terminal, 0)
    while True:
        told = poll.poll(_LOOK_SECONDS * 1000)
        if any(event & select.POLLHUP for _, event in told) or not all(map(_terminal_exists, terminals)):
            os._exit(EXIT_CODE)
        if told:
            # On some systems poll can't wait for a terminal, and returns at once.
            sleep(_LOOK_SECONDS)


def _terminal_exists(terminal: int) -> bool:
    try:
        termios.tcgetattr(terminal)
    except (termios.error, OSError):
        return False
    return True


def why_no_screen(descriptor: int) -> str:
    """Why the terminal, open as ``descriptor``, can't show a whole screen, in a sentence; "" if it can.

    It can, too, if it is of a kind that this machine does not know.
    """
    kind = os.environ.get("TERM", "")
    if not kind:
        return _("TERM is not set; set it to what your terminal is, such as TERM=xterm")
    if not _can_move_cursor(kind, descriptor):
        return _(
            "the dashboard needs a terminal that can write anywhere on its screen; "
            "TERM says that yours is of the kind {kind}",
            kind=kind[:_KIND_LENGTH],
        )
    return ""


def is_bare_console() -> bool:
    """Whether the terminal is a console without a window system, whose font lacks our signs."""
    return os.environ.get("TERM") == "linux"


def erases_with_ground() -> bool:
    """Whether the terminal can erase cells in a line and gives them the current background colour.

    False if the machine's database of terminals (terminfo) does not know the terminal, or if there is none.
    """
    if not (curses := _curses()):
        return False
    try:
        curses.setupterm(fd=1)
    except curses.error:
        return False
    return bool(curses.tigetflag("bce") == 1 and curses.tigetstr("ech") == b"\x1b[%p1%dX")


def _can_move_cursor(kind: str, descriptor: int) -> bool:
    if kind in ("dumb", "unknown"):
        return False
    if not (curses := _curses()):
        return True
    try:
        curses.setupterm(kind, descriptor)
    except curses.error:
        # Over SSH, the remote machine often lacks the description of a new terminal.
        return True
    return bool((curses.tigetstr("cup") or b"").startswith(b"\x1b["))


def _curses() -> ModuleType | None:
    """The database of terminals; None for a Python that was built without it."""
    try:
        return importlib.import_module("curses")
    except ImportError:
        return None


def take_keys_singly(descriptor: int) -> Callable[[], None]:
    """Lets the terminal, open as ``descriptor``, send each key at once, and not show it. Gives what ends that."""
    before = termios.tcgetattr(descriptor)
    # What the user has pressed already is kept.
    tty.setcbreak(descriptor, termios.TCSADRAIN)
    return partial(termios.tcsetattr, descriptor, termios.TCSADRAIN, before)


def read_key(descriptor: int, encoding: str) -> str:
    """What the terminal sends for a key, or for several pressed at once; "" if it is gone."""
    return os.read(descriptor, _KEYS_LENGTH).decode(encoding, "replace")
