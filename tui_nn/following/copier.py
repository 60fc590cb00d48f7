"""The small follower: copies what a painter draws to the terminal. Imports nothing but C modules and this package.

`tui_nn.cli.small_follower` starts it as ``python -S``. It becomes the full program, in place, for every key but q, and
where no painter draws its view.
"""

import _socket
import errno
import fcntl
import os
import random
import select
import signal
import struct
import sys
import termios
import time
from typing import Any

from tui_nn.following import taking_over
from tui_nn.following.protocol import CHANGES, ELSEWHERE, LARGEST, SMALLEST, WHOLE, SeatView, socket_path, view_message

assert sys.platform == "linux"  # noqa: S101 - tells mypy not to check this elsewhere

_TAKE = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?1000h\x1b[?1006h\x1b[?2004h"
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
_CLEAR = b"\x1b[0m\x1b[2J"
_REDRAW, _QUIT = b"\x0c", (b"q", b"\x03", b"\x11")
_MESSAGE_BYTES = 262_144
_MOST_KEYS = 4096
_LOOK_SECONDS = 0.25
_FIRST_SECONDS = 40.0
_SECONDS_TO_FIRST_WORDS = 1.0
_RETRY_SECONDS = (0.5, 1.5)
_PATIENCE_SECONDS = (3.0, 12.0)
_MILLISECONDS_TO_WAIT = (400, 800)
_TERMINAL_GONE, _INTERRUPTED = 129, 130
_WINDOW = struct.Struct("HHHH")


class Copier:
    """A terminal that shows what a painter draws."""

    def __init__(self, lesson: str, view: SeatView, full: list[str]) -> None:
        self._lesson = lesson
        self._view = view
        self._full = full
        self._socket: _socket.socket | None = None
        self._painter = 0
        self._before: list[Any] | None = None
        self._has_drawn = False
        """Whether it has shown a picture: from then on, the terminal shows the alternate screen."""
        self._size_at_loss: int | None = None
        self._goes_on_since: float | None = None
        """Since when the lesson has gone on without a painter, as far as its file shows."""
        self._retry_at = 0.0
        self._patience = random.uniform(*_PATIENCE_SECONDS)  # noqa: S311 - spreads many followers over some seconds

    def run(self, waits_for: str, draws: str) -> int:
        """Copies until the user leaves; returns the exit code.

        Prints the sentence ``waits_for`` until there is a lesson, unless it is empty, and the sentence ``draws`` if the
        first picture takes more than a second.
        """
        waker, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        signal.signal(signal.SIGWINCH, lambda *_: None)
        self._view = _with_size(self._view)
        if waits_for:
            self._wait_for_lesson(waits_for)
        if not self._connect():
            self._become_full(b"")
        self._take_terminal()
        waited_since = time.monotonic()
        while True:
            descriptors = [0, waker, *([self._socket.fileno()] if self._socket else [])]
            # Who has a picture and a painter sleeps until one of them has something to say.
            wait = None if self._socket and self._has_drawn else _LOOK_SECONDS
            ready = select.select(descriptors, [], [], wait)[0]
            if waker in ready:
                os.read(waker, 64)
                self._resize()
            if 0 in ready:
                typed = _typed()
                if typed in _QUIT:
                    self.give_terminal_back()
                    return 0
                if typed == _REDRAW:
                    self._ask(again=True)
                else:
                    self._become_full(typed)
            if self._socket and self._socket.fileno() in ready:
                self._take_frame()
            if not self._has_drawn:
                waited = time.monotonic() - waited_since
                if draws and waited > _SECONDS_TO_FIRST_WORDS:
                    _write(f"{draws}\r\n".encode())
                    draws = ""
                if waited > _FIRST_SECONDS:
                    self._become_full(b"")
            if self._socket is None:
                self.look_for_painter()

    def _wait_for_lesson(self, says: str) -> None:
        """Waits for the lesson and its painter. The teacher saves it, shares it, and only then there is a painter."""
        _write(f"{says}\r\n".encode())
        hangup = select.poll()
        hangup.register(0, 0)
        until = None
        while (until is None or time.monotonic() < until) and not os.path.exists(socket_path(self._lesson)):
            if hangup.poll(random.uniform(*_MILLISECONDS_TO_WAIT)):  # noqa: S311 - spreads many followers
                os._exit(_TERMINAL_GONE)
            if until is None and os.access(self._lesson, os.R_OK):
                until = time.monotonic() + self._patience

    def _connect(self, *, stays: bool = False) -> bool:
        """Whether there is a painter now, run by the owner of the lesson's file; ``stays``: no other one answers."""
        path = socket_path(self._lesson, self._painter)
        # The first painter says who draws this view.
        self._painter = 0
        if not path:
            return False
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        try:
            connection.connect(path)
            of_peer = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)
            if struct.unpack("iii", of_peer)[1] != os.stat(self._lesson).st_uid:
                raise OSError(errno.EPERM, "somebody else's painter")
            connection.send(view_message(self._view, here=stays))
        except OSError:
            connection.close()
            return False
        connection.setblocking(False)
        self._socket = connection
        return True

    def _take_frame(self) -> None:
        """Copies a frame; where the painter is gone, keeps the last one and waits for another painter."""
        if self._socket is None:
            return
        try:
            message = self._socket.recv(_MESSAGE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            message = b""
        kind, frame = message[:1], message[1:]
        if kind in (b"", ELSEWHERE):
            self._socket.close()
            self.lose_painter()
            if kind == ELSEWHERE:
                self._painter = 1
                if not self._connect():
                    self._connect(stays=True)
            return
        if kind == WHOLE:
            frame = _CLEAR + frame
        elif kind != CHANGES or not self._has_drawn:
            self._become_full(b"", for_good=True)
        if not self._has_drawn:
            # Until now, the user reads what was on the terminal before, and what this program waits for.
            _write(_TAKE)
        self._has_drawn = True
        _write(_FRAME_BEGINS + frame + _FRAME_ENDS)

    def lose_painter(self) -> None:
        """Keeps the picture, and remembers the lesson's file as it is without the painter."""
        self._socket, self._goes_on_since, self._size_at_loss = None, None, _file_size(self._lesson)

    def look_for_painter(self) -> None:
        """Connects to a new painter. If the lesson goes on without one, becomes the full program a little later."""
        now = time.monotonic()
        if now < self._retry_at:
            return
        self._retry_at = now + random.uniform(*_RETRY_SECONDS)  # noqa: S311 - spreads many followers
        if self._connect():
            return
        # Where the file is gone, there is nothing that a full program could show.
        if _file_size(self._lesson) in (None, self._size_at_loss):
            self._goes_on_since = None
        elif self._goes_on_since is None:
            # The teacher has the lesson open again, and may share it in a moment.
            self._goes_on_since = now
        elif now - self._goes_on_since > self._patience:
            self._become_full(b"")

    def _resize(self) -> None:
        self._view = _with_size(self._view)
        self._ask()

    def _ask(self, *, again: bool = False) -> None:
        if self._socket:
            try:
                self._socket.send(view_message(self._view, again=again))
            except BlockingIOError:
                # The painter reads what was asked before; the whole picture comes with it.
                return
            except OSError:
                return

    def _take_terminal(self) -> None:
        self._before = termios.tcgetattr(0)
        raw = termios.tcgetattr(0)
        raw[0] &= ~(termios.BRKINT | termios.ICRNL | termios.INPCK | termios.ISTRIP | termios.IXON)
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        termios.tcsetattr(0, termios.TCSANOW, raw)

    def give_terminal_back(self) -> None:
        """Leaves the terminal as it was."""
        if self._before is not None:
            if self._has_drawn:
                _write(taking_over.LEAVE)
            termios.tcsetattr(0, termios.TCSANOW, self._before)
            self._before = None

    def _become_full(self, typed: bytes, *, for_good: bool = False) -> None:
        """Puts the full program in the place of this one; it takes over the terminal and what the user ``typed``.

        It stays ``for_good`` where the painter refuses the view.
        """
        os.execve(self._full[0], self._full, {**os.environ, **taking_over.handed_over(typed, self._before, for_good)})  # noqa: S606 - the command that this program was started with


def _typed() -> bytes:
    """What the user has typed; ends this program if the terminal is gone."""
    try:
        typed = os.read(0, _MOST_KEYS)
    except OSError:
        typed = b""
    if not typed:
        os._exit(_TERMINAL_GONE)
    return typed


def _write(data: bytes) -> None:
    while data:
        try:
            data = data[os.write(1, data) :]
        except BlockingIOError:
            select.select([], [1], [])
        except OSError:
            os._exit(_TERMINAL_GONE)


def _with_size(view: SeatView) -> SeatView:
    lines, columns, *_ = _WINDOW.unpack(fcntl.ioctl(1, termios.TIOCGWINSZ, bytes(_WINDOW.size)))
    return view._replace(
        columns=min(max(columns or 80, SMALLEST[0]), LARGEST[0]), lines=min(max(lines or 24, SMALLEST[1]), LARGEST[1])
    )


def _file_size(path: str) -> int | None:
    """How many bytes a file has; None if there is no such file."""
    try:
        return os.stat(path).st_size
    except OSError:
        return None


def main(words: list[str]) -> int:
    """Follows a lesson.

    ``words`` are its path, the sentences for the time before the lesson and before its first picture, the fields of a
    `SeatView` but its size, and the full program.
    """
    lesson, waits_for, draws, colours, signs, erases, comma, theme, language, *full = words
    view = SeatView(80, 24, int(colours), int(signs), erases == "1", comma == "1", theme, language)
    copier = Copier(lesson, view, full)
    try:
        return copier.run(waits_for, draws)
    except KeyboardInterrupt:
        copier.give_terminal_back()
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
