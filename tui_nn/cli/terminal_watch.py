"""Ends the program once its terminal is gone, even while its other threads are blocked.

When a terminal is gone, Linux ends its program with SIGHUP, unless the program was started with hangups ignored
(``nohup``, some servers). Then nothing else would end it: the UI thread may be waiting for the terminal to take output.
"""

import os
import select
import termios
from threading import Thread
from time import sleep
from typing import NoReturn

EXIT_CODE = 129
"""The exit code that a shell reports for a program ended by SIGHUP: 128 + 1."""
_LOOK_SECONDS = 1.0


def exit_when_gone(*terminals: int) -> None:
    """Ends the process within a second after one of ``terminals``, given as file descriptors, is gone.

    It ends without cleaning up, as after SIGHUP. Nothing is lost: every event of a lesson is on the disk before the
    screen shows it, and a file being written is put in its place only once it is whole.
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
