"""The painters beside a lesson that a class follows: processes that draw each view once for all who have it."""

import asyncio
import contextlib
import os
import subprocess
import time
from pathlib import Path
from threading import Thread

from tui_nn.following.protocol import socket_path
from tui_nn.language import language_code
from tui_nn.system import processes
from tui_nn.system.own_program import command_of

_PROGRAM = "tui_nn.painting.__main__"
_SECONDS_TO_END = 4.0
_SECONDS_TO_NEXT, _MOST_SECONDS_TO_NEXT = 0.25, 60.0
_SECONDS_OF_A_GOOD_START = 5.0
_MOST_PAINTERS = 2


class ClassPainter:
    """Starts the painters, and tells them when there is something new to draw."""

    def __init__(self) -> None:
        self._painters: list[_PainterProcess] = []

    def start(self, path: Path) -> None:
        """Starts painters for the lesson that is recorded in ``path``; ends those for another lesson."""
        if not processes.CAN_PAINT or (self._painters and self._painters[0].path == path):
            return
        for painter in self._painters:
            painter.begin_to_end(at_once=False)
            # Their class sees the end of the other lesson meanwhile.
            Thread(target=painter.end, daemon=True).start()
        # A second one would only take the processor from the first where there is one processor.
        numbers = range(min(_MOST_PAINTERS, processes.processors()))
        # A path may be too long for a socket.
        self._painters = [_PainterProcess(path, number) for number in numbers if socket_path(str(path), number)]

    def nudge(self) -> None:
        """Lets the painters look at the lesson's file now."""
        for painter in self._painters:
            painter.nudge()

    def end(self, *, at_once: bool = False) -> None:
        """Ends the painters, and returns when they have ended. Before, they show the class that the lesson is over.

        ``at_once``: they show nothing more, because the lesson goes on.
        """
        for painter in self._painters:
            painter.begin_to_end(at_once=at_once)
        for painter in self._painters:
            painter.end()
        self._painters = []


class _PainterProcess:
    """A painter; another one takes its place if it is gone."""

    def __init__(self, path: Path, number: int) -> None:
        self.path = path
        self._number = number
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._began = 0.0
        self._pause = _SECONDS_TO_NEXT
        self._start()

    def _start(self) -> None:
        if self._is_over:
            return
        if self._process and self._process.stdin:
            self._process.stdin.close()
        self._began = time.monotonic()
        try:
            # The painter draws in the background, and must not hold the terminal when this program ends.
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a module of this program
                [*command_of(_PROGRAM), language_code(), str(self._number), str(self.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            # There may be too many processes at the moment.
            self._start_later()
            return
        assert self._process.stdin  # noqa: S101 - it was asked for
        processes.never_wait(self._process.stdin.fileno())
        Thread(target=self._watch, args=(self._process, asyncio.get_running_loop()), daemon=True).start()

    def _watch(self, process: "subprocess.Popen[bytes]", loop: asyncio.AbstractEventLoop) -> None:
        process.wait()
        # The loop may have ended before.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(self._start_later)

    def _start_later(self) -> None:
        """Starts another painter, unless this one was told to end."""
        # One that ends at once, again and again, must not take the machine's time.
        lasted = time.monotonic() - self._began > _SECONDS_OF_A_GOOD_START
        self._pause = _SECONDS_TO_NEXT if lasted else min(2 * self._pause, _MOST_SECONDS_TO_NEXT)
        asyncio.get_running_loop().call_later(self._pause, self._start)

    def nudge(self) -> None:
        """Lets the painter look at the lesson's file now."""
        if self._process is None or self._process.poll() is not None:
            return
        assert self._process.stdin  # noqa: S101 - it was asked for
        # A painter that has not read the last bytes yet looks anyway.
        with contextlib.suppress(OSError):
            os.write(self._process.stdin.fileno(), b".")

    def begin_to_end(self, *, at_once: bool) -> None:
        """Lets the painter end, after its last picture or ``at_once``."""
        self._is_over = True
        if self._process is None:
            return
        assert self._process.stdin  # noqa: S101 - it was asked for
        self._process.stdin.close()
        if at_once:
            self._process.terminate()

    def end(self) -> None:
        """Waits for the painter to end; kills it after four seconds."""
        if self._process is None:
            return
        process, self._process = self._process, None
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
