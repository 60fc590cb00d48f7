"""The painters beside a lesson that a class follows: processes that draw each view once for all who have it."""

import asyncio
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from tui_nn.language import language_code
from tui_nn.system import processes

_PROGRAM = "tui_nn.painting"
_SECONDS_TO_END = 1.0
_SECONDS_TO_NEXT = 0.5
_MOST_PAINTERS = 2


class ClassPainter:
    """Starts the painters, and tells them when there is something new to draw."""

    def __init__(self) -> None:
        self._painters: list[_PainterProcess] = []

    def start(self, path: Path) -> None:
        """Starts painters for the lesson that is recorded in ``path``; ends those for another lesson."""
        if not processes.CAN_PAINT or (self._painters and self._painters[0].path == path):
            return
        self.end()
        # A second one would only take the processor from the first where there is one processor.
        count = min(_MOST_PAINTERS, processes.processors())
        self._painters = [_PainterProcess(path, number) for number in range(count)]

    def nudge(self) -> None:
        """Lets the painters look at the lesson's file now."""
        for painter in self._painters:
            painter.nudge()

    def end(self) -> None:
        """Ends the painters, and returns when they have ended."""
        for painter in self._painters:
            painter.end()
        self._painters = []


class _PainterProcess:
    """A painter; another one takes its place if it is gone."""

    def __init__(self, path: Path, number: int) -> None:
        self.path = path
        self._number = number
        self._process: subprocess.Popen[bytes] | None = None
        self._start()

    def _start(self) -> None:
        # The painter draws in the background, and must not hold the terminal when this program ends.
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a module of this program
                [sys.executable, "-m", _PROGRAM, language_code(), str(self._number), str(self.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            assert self._process.stdin  # noqa: S101 - it was asked for
            processes.never_wait(self._process.stdin.fileno())
            Thread(target=self._watch, args=(self._process, asyncio.get_running_loop()), daemon=True).start()

    def _watch(self, process: "subprocess.Popen[bytes]", loop: asyncio.AbstractEventLoop) -> None:
        process.wait()
        # The loop may have ended before.
        with contextlib.suppress(RuntimeError):
            # One that ends at once, again and again, must not take all the machine's time.
            loop.call_soon_threadsafe(loop.call_later, _SECONDS_TO_NEXT, self._replace, process)

    def _replace(self, ended: "subprocess.Popen[bytes]") -> None:
        """Starts another painter, if the one that has ended was not told to."""
        if self._process is ended:
            self.end()
            self._start()

    def nudge(self) -> None:
        """Lets the painter look at the lesson's file now."""
        if self._process is None or self._process.poll() is not None:
            return
        assert self._process.stdin  # noqa: S101 - it was asked for
        # A painter that has not read the last bytes yet looks anyway.
        with contextlib.suppress(OSError):
            os.write(self._process.stdin.fileno(), b".")

    def end(self) -> None:
        """Ends the painter, and returns when it has ended."""
        if self._process is None:
            return
        process, self._process = self._process, None
        assert process.stdin  # noqa: S101 - it was asked for
        process.stdin.close()
        process.terminate()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
