"""Reads single keys from a terminal that draws no screen, or from a pipe that holds them."""

import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from tui_nn.system import terminal

_ESCAPE = "\x1b"
_NAMED: Mapping[str, str] = {
    "\x1b[A": "up",
    "\x1b[B": "down",
    "\x1b[C": "right",
    "\x1b[D": "left",
    "\x1bOA": "up",
    "\x1bOB": "down",
    "\x1bOC": "right",
    "\x1bOD": "left",
    "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
    "\x1b[H": "home",
    "\x1b[F": "end",
    "\x1bOH": "home",
    "\x1bOF": "end",
    "\x1b[1~": "home",
    "\x1b[4~": "end",
    "\x1b": "escape",
    "\r": "enter",
    "\n": "enter",
    "\x03": "q",
    "\x04": "q",
}
"""What a terminal sends for the keys that are no letters."""
_ENDS = "ABCDFH~"


class KeyReader:
    """Reads keys one by one, without the Enter key behind each, as long as it is open.

    From a pipe, it reads the same characters that a terminal would send.
    """

    def __init__(self) -> None:
        self._is_terminal = sys.stdin.isatty()
        self._restore: Callable[[], None] | None = None
        self._buffer = ""

    def __enter__(self) -> Self:
        self._without_lines()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._with_lines()

    def key(self) -> str:
        """The next key by its name, or its letter; "" at the end of the input."""
        typed = self._next()
        if typed == _ESCAPE:
            while self._buffer and not (len(typed) > 1 and typed[-1] in _ENDS):
                typed += self._next()
        return _NAMED.get(typed, typed)

    def line(self, prompt: str) -> str:
        """A line that the user types behind ``prompt``; "" at the end of the input."""
        self._with_lines()
        try:
            if self._is_terminal:
                return input(prompt)
            typed = ""
            while (char := self._next()) not in ("", "\n", "\r"):
                typed += char
            return typed
        except EOFError:
            return ""
        finally:
            self._without_lines()

    def _next(self) -> str:
        """The next character; of a terminal, all that one key sends is read at once."""
        if not self._buffer:
            self._buffer = self._read()
        char, self._buffer = self._buffer[:1], self._buffer[1:]
        return char

    def _read(self) -> str:
        if not self._is_terminal:
            return sys.stdin.read()
        return terminal.read_key(sys.stdin.fileno(), sys.stdin.encoding or "utf-8")

    def _without_lines(self) -> None:
        """Lets the terminal send each key at once, and not show it."""
        if self._is_terminal:
            self._restore = terminal.take_keys_singly(sys.stdin.fileno())

    def _with_lines(self) -> None:
        """Gives the terminal back as it was."""
        if self._restore:
            self._restore()
            self._restore = None
