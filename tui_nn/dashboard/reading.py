"""Textual's driver for a terminal, which tells what comes in one piece from keys that are typed."""

import contextlib
import os
import select
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui_nn.dashboard.plain_paste import Burst, is_word, may_be_paste

_MOST = 4096
_MOST_AT_ONCE = 4 * 2**20
_LOOK_SECONDS = 0.1
# A paste is written in one piece, and read in as many as the terminal's buffer makes of it.
_SAME_PIECE_SECONDS = 0.002
_SAME_PASTE_SECONDS = 0.03
_CONTROL = frozenset(range(32)) - set(b"\t\r\n") | {127}


class ReadingDriver(LinuxDriver):
    """Hands on the keys that come in one piece, and may be a paste, as one `Burst`."""

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
