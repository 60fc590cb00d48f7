"""The painter beside a lesson that a class follows: a process that draws each view once for all who have it."""

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


class ClassPainter:
    """Starts the painter, tells it when there is something new to draw, and starts another one if it is gone."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._path: Path | None = None

    def start(self, path: Path) -> None:
        """Starts a painter for the lesson that is recorded in ``path``; ends one for another lesson."""
        if not processes.CAN_PAINT or (self._path == path and self._is_there):
            return
        self.end()
        # The painter draws in the background, and must not hold the terminal when this program ends.
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a module of this program
                [sys.executable, "-m", _PROGRAM, language_code(), str(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._path = path
            assert self._process.stdin  # noqa: S101 - it was asked for
            processes.never_wait(self._process.stdin.fileno())
            Thread(target=self._watch, args=(self._process, asyncio.get_running_loop()), daemon=True).start()

    @property
    def _is_there(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _watch(self, process: "subprocess.Popen[bytes]", loop: asyncio.AbstractEventLoop) -> None:
        process.wait()
        # The loop may have ended before.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(self._look_for_another, process)

    def _look_for_another(self, ended: "subprocess.Popen[bytes]") -> None:
        """Starts another painter in a moment, if the one that has ended was not told to."""
        if self._process is ended and self._path:
            # One that ends at once, again and again, must not take all the machine's time.
            asyncio.get_running_loop().call_later(_SECONDS_TO_NEXT, self._replace, ended, self._path)

    def _replace(self, ended: "subprocess.Popen[bytes]", path: Path) -> None:
        if self._process is ended:
            self.end()
            self.start(path)

    def nudge(self) -> None:
        """Lets the painter look at the lesson's file now."""
        if not self._is_there:
            return
        assert self._process  # noqa: S101 - it is there
        assert self._process.stdin  # noqa: S101 - it was asked for
        # A painter that has not read the last bytes yet looks anyway.
        with contextlib.suppress(OSError):
            os.write(self._process.stdin.fileno(), b".")

    def end(self) -> None:
        """Ends the painter, and returns when it has ended."""
        if self._process is None:
            return
        assert self._process.stdin  # noqa: S101 - it was asked for
        self._process.stdin.close()
        self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = self._path = None
