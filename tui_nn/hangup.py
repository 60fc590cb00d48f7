"""Ends the program once its terminal is gone, whatever the rest of the program is doing.

Linux ends a program whose terminal is gone with SIGHUP, unless hangups are ignored (``nohup``, some servers). Then
nothing else would end it: the thread of the screen may be waiting for the terminal to take what it has drawn.
"""

import os
import select
import termios
from threading import Thread
from time import sleep
from typing import NoReturn

EXIT_CODE = 129
"""What a shell reports of a program that SIGHUP ended."""
_LOOK_SECONDS = 1.0


def end_without(*terminals: int) -> None:
    """Ends the process within a second of the moment when one of ``terminals``, file descriptors, is gone.

    It ends at once, as after SIGHUP: every event of a lesson is on the disk before it is on the screen, and a file that
    is being written is put in its place when it is whole.
    """
    Thread(target=_watch, args=terminals, name="hangup", daemon=True).start()


def _watch(*terminals: int) -> NoReturn:
    # Asks for nothing but hangups, which are always told: this thread sleeps while keys are pressed.
    poll = select.poll()
    for terminal in terminals:
        poll.register(terminal, 0)
    while True:
        told = poll.poll(_LOOK_SECONDS * 1000)
        if any(event & select.POLLHUP for _, event in told) or not all(map(_is_there, terminals)):
            os._exit(EXIT_CODE)
        if told:
            # Some systems can't wait for a terminal, and say so at once.
            sleep(_LOOK_SECONDS)


def _is_there(terminal: int) -> bool:
    try:
        termios.tcgetattr(terminal)
    except (termios.error, OSError):
        return False
    return True
