"""Textual's driver for a terminal: it tells a paste from keys that are typed, and writes whatever the terminal does."""

import contextlib
import os
import select
import selectors
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Any, cast

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui_nn.dashboard.plain_paste import Burst, is_word, may_be_paste

_WRITABLE_SECONDS = 1.0
_MOST = 4096
_MOST_AT_ONCE = 4 * 2**20
_LOOK_SECONDS = 0.1
# A paste is written in one piece, and read in as many as the terminal's buffer makes of it.
_SAME_PIECE_SECONDS = 0.002
_SAME_PASTE_SECONDS = 0.03
_CONTROL = frozenset(range(32)) - set(b"\t\r\n") | {127}


class TerminalOutput:
    """What Textual's writing thread writes to: the terminal, as long as there is one.

    An error would end that thread. Its queue would then fill up, and the thread of the screen would wait for ever for
    room in it. So a terminal that is gone takes whatever is written. One that does not wait for its reader, because
    another program set it so, is waited for here.
    """

    def __init__(self, descriptor: int, encoding: str) -> None:
        self._descriptor = descriptor
        self._encoding = encoding
        self._pending: list[str] = []
        self._is_gone = False

    def write(self, text: str) -> None:
        """Keeps ``text`` until `flush`."""
        self._pending.append(text)

    def flush(self) -> None:
        """Writes what was kept, and comes back when the terminal has taken it or is gone."""
        content = "".join(self._pending).encode(self._encoding, "replace")
        self._pending.clear()
        while content and not self._is_gone:
            try:
                content = content[os.write(self._descriptor, content) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [], _WRITABLE_SECONDS)
            except OSError:
                self._is_gone = True

    def fileno(self) -> int:
        """The terminal's descriptor."""
        return self._descriptor


class TerminalDriver(LinuxDriver):
    """Draws on the terminal that the program writes to, wherever its errors go.

    Hands on the keys that come in one piece, and may be a paste, as one `Burst`.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        output = sys.__stdout__
        assert output is not None  # noqa: S101 - without a terminal to write to, no dashboard opens
        # Of a file, Textual's writing thread uses these methods alone.
        self._file = cast("Any", TerminalOutput(output.fileno(), output.encoding))

    def run_input_thread(self) -> None:
        """As Textual's own; but all that comes in one piece is read at once, and what is no text does no harm."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            while not self.exit_event.is_set():
                if selector.select(_LOOK_SECONDS):
                    self._take(decode(self._read()), parser.feed)
                for event in parser.tick():
                    self.process_message(event)
        finally:
            selector.close()
            with contextlib.suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def _read(self) -> bytes:
        """What there is to read; of text, all that comes in the same piece."""
        content = os.read(self.fileno, _MOST)
        while content and len(content) < _MOST_AT_ONCE and not _CONTROL.intersection(content):
            is_paste = may_be_paste(content.decode(errors="ignore"))
            seconds = _SAME_PASTE_SECONDS if is_paste else _SAME_PIECE_SECONDS
            if not select.select([self.fileno], [], [], seconds)[0]:
                break
            if not (more := os.read(self.fileno, _MOST)):
                break
            content += more
        return content

    def _take(self, text: str, feed: Callable[[str], object]) -> None:
        if not text:
            return
        found = list(feed(text))  # type: ignore[call-overload]  # an iterable of messages
        keys = tuple(event for event in found if isinstance(event, events.Key))
        if len(keys) == len(found) and (may_be_paste(text) or is_word(text)):
            for key in keys:
                key.set_sender(self._app)
            self.process_message(Burst(text, keys))
        else:
            for event in found:
                self.process_message(event)
