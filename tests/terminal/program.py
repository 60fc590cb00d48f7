"""A program in a real terminal: a pty, with an emulator that reads what comes out of it."""

import codecs
import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.emulator import Emulator

DASHBOARD = (sys.executable, "-m", "tui_nn")
IGNORES_HANGUPS = ("sh", "-c", "trap '' HUP; exec \"$@\"", "sh")
"""What to write before a command so that no hangup ends it, as under ``nohup``."""
KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "f1": "\x1bOP",
}
# Before the title of the pane that has the keys.
_FOCUSED = re.compile(r"[╭┏+][─━=-] [›>] ([A-Z]\w*)")
# Generous: a busy machine may take long, and only what never comes should fail.
PATIENCE_SECONDS = 60.0
# Longer than Textual waits before it draws what has changed.
_REST_SECONDS = 0.1
_OF_ANOTHER_TERMINAL = ("COLUMNS", "LINES", "TEXTUAL", "TMUX", "NO_COLOR")
# The first terminal that the leader of a session opens becomes its own, and hangs it up when it goes.
_TAKE_THE_TERMINAL = "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execvp(sys.argv[1], sys.argv[1:])"
_ASKS_FOR_SYNCHRONIZED_OUTPUT = b"\x1b[?2026$p"
_ANSWERS_THAT_IT_HAS_IT = b"\x1b[?2026;2$y"


class Program:
    """A running program; what it shows is read when one waits for something."""

    def __init__(self, process: "subprocess.Popen[bytes]", terminal: int, user_end: int, size: tuple[int, int]) -> None:
        self.process = process
        self.screen = Emulator(*size)
        self._terminal = terminal
        self._user_end = user_end
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @property
    def attributes(self) -> list[Any]:
        """How the terminal handles what is typed: lines, echo, control characters."""
        return termios.tcgetattr(self._terminal)

    def press(self, *keys: str) -> None:
        """Sends keys, by the names in `KEYS` or as text."""
        for key in keys:
            os.write(self._user_end, KEYS.get(key, key).encode())

    def press_if_taken(self, *keys: str) -> None:
        """Sends keys as `press` does; those for which the terminal has no room are lost."""
        os.set_blocking(self._user_end, False)
        try:
            with contextlib.suppress(BlockingIOError):
                self.press(*keys)
        finally:
            os.set_blocking(self._user_end, True)

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(columns, lines)
        set_size(self._user_end, (columns, lines))
        os.killpg(os.getpgid(self.process.pid), signal.SIGWINCH)

    def until(self, condition: Callable[[Emulator], bool]) -> None:
        """Reads until ``condition`` holds for the screen."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition(self.screen):
            assert time.monotonic() < deadline, f"this did not come about; the screen is\n{self.screen.text}"
            assert self._read(1.0) is not None, f"the program has ended; the screen is\n{self.screen.text}"

    def shows(self, *texts: str) -> None:
        """Reads until all ``texts`` are on the screen."""
        self.until(lambda screen: all(text in screen.text for text in texts))

    def stands_at(self, step: str) -> None:
        """Reads until the strip of the steps marks ``step``."""
        self.until(lambda screen: step_shown(screen) == step)

    def focus(self, pane: str) -> None:
        """Presses Tab until ``pane`` has the keys."""
        while focused(self.screen) != [pane]:
            before = focused(self.screen)
            self.press("tab")
            self.until(lambda screen, before=before: len(now := focused(screen)) == 1 and now != before)  # type: ignore[misc]

    def until_it_writes(self) -> None:
        """Waits until something is written, and does not read it."""
        assert select.select([self._user_end], [], [], PATIENCE_SECONDS)[0], "nothing is written"

    def read_for(self, seconds: float) -> None:
        """Reads what is written within so many seconds, and everything that has been written before."""
        end = time.monotonic() + seconds
        while self._read(max(0.0, end - time.monotonic())):
            pass

    def until_it_rests(self) -> None:
        """Reads until the program has drawn all that it had to draw: until its main thread does nothing any more."""
        runs = -1
        while runs != (runs := self._runs()) or runs < 0:
            self.read_for(_REST_SECONDS)

    def _runs(self) -> int:
        """How often the main thread has run so far; -1 while a thread runs or wants to."""
        threads = Path(f"/proc/{self.process.pid}/task")
        try:
            states = [(thread / "stat").read_text().rpartition(")")[2].split()[0] for thread in threads.iterdir()]
        except OSError:
            # A thread has ended meanwhile.
            return -1
        runs = int((threads / str(self.process.pid) / "schedstat").read_text().split()[2])
        return -1 if "R" in states else runs

    def is_silent(self) -> bool:
        """Whether nothing is written for one second."""
        return self._read(1.0) == 0

    def ended(self) -> int:
        """Reads to the end of the program; gives its exit code."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"the program goes on; the screen is\n{self.screen.text}"
            self._read(0.05)
        while self._read(0.0):
            pass
        return self.process.returncode

    def hang_up(self, patience: float = PATIENCE_SECONDS) -> int:
        """Closes the window; gives the exit code of the program. Raises TimeoutExpired where it goes on."""
        self.close_window()
        return self.process.wait(patience)

    def close_window(self) -> None:
        """Closes the window; what was written and is unread is lost."""
        os.close(self._terminal)
        os.close(self._user_end)
        self._terminal = self._user_end = -1

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for descriptor in (self._terminal, self._user_end):
            if descriptor >= 0:
                os.close(descriptor)

    def _read(self, seconds: float) -> int | None:
        """Takes what comes within so many seconds; the number of bytes, or None after the end."""
        if not select.select([self._user_end], [], [], seconds)[0]:
            return 0 if self.process.poll() is None else None
        data = os.read(self._user_end, 65536)
        if answer := answered(data):
            os.write(self._user_end, answer)
        self.screen.write(self._decoder.decode(data))
        return len(data)


@contextmanager
def running(
    command: Sequence[str] = DASHBOARD,
    size: tuple[int, int] = (120, 40),
    cwd: str | None = None,
    **environment: str,
) -> Iterator[Program]:
    """``command`` in a terminal of its own."""
    user_end, terminal = os.openpty()
    set_size(user_end, size)
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE_THE_TERMINAL, *command],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment_of(**environment),
        cwd=cwd,
        start_new_session=True,
    )
    program = Program(process, terminal, user_end, size)
    try:
        yield program
    finally:
        program.close()


def step_shown(screen: Emulator) -> str:
    """The step that the strip in the second line marks; "" where it marks none."""
    found = re.search(r"[▶>] (\S+)", screen.lines[1])
    return found[1] if found else ""


def is_opened(screen: Emulator) -> bool:
    """Whether the screen shows a lesson of the lecture's network at its first step, trained to its end."""
    return step_shown(screen) == "Z⁽²⁾" and "computed" not in screen.lines[0]


def focused(screen: Emulator) -> list[str]:
    """The panes that have the keys, by the first words of their titles: one, or none."""
    return _FOCUSED.findall(screen.text)


def environment_of(**environment: str) -> dict[str, str]:
    """What a program in one of these terminals finds in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_ANOTHER_TERMINAL)}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", **environment}


def answered(written: bytes) -> bytes:
    """What a terminal of today answers to what a program wrote: that it can draw a whole frame at once."""
    return _ANSWERS_THAT_IT_HAS_IT if _ASKS_FOR_SYNCHRONIZED_OUTPUT in written else b""


def click(x: int, y: int) -> str:
    """What a terminal sends when the mouse is clicked at a column and a line, both from 0."""
    return f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m"


def set_size(descriptor: int, size: tuple[int, int]) -> None:
    """Makes a terminal so many columns wide and so many lines high."""
    columns, lines = size
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
