"""Textual's terminal driver, changed to recognise pastes sent as keys, outlive its terminal, and know its last size."""

import asyncio
import contextlib
import os
import select
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Any

from textual import events
from textual.drivers.linux_driver import LinuxDriver

from tui_nn.dashboard.terminal.plain_paste import Burst, is_word, may_be_paste
from tui_nn.dashboard.terminal.textual_internals import (
    ParseError,
    app_of,
    parser_for,
    terminal_size,
    write_to,
)
from tui_nn.following import taking_over

assert sys.platform != "win32"  # noqa: S101 - tells mypy not to check this on Windows

_WRITABLE_SECONDS = 1.0
_BYTES_A_READ = 4096
_MOST_BYTES_IN_A_PIECE = 4 * 2**20
_POLL_SECONDS = 0.1
# A terminal sends a paste in one piece; its buffer may split that into several reads.
_SAME_PIECE_SECONDS = 0.002
_SAME_PASTE_SECONDS = 0.03
_CONTROL_BYTES = frozenset(range(32)) - set(b"\t\r\n") | {127}


class TerminalOutput:
    """The file that Textual's writing thread writes to: the terminal, as long as there is one.

    An error would end that thread. Its queue would then fill up, and the UI thread would wait for ever for room in it.
    So `flush` drops the text once the terminal is gone. If another program made the terminal non-blocking, `flush`
    waits until the terminal takes more.

    `flush` first calls ``may_write``, which may wait. If that returns False, `flush` keeps the text for the next flush.
    """

    def __init__(self, descriptor: int, encoding: str) -> None:
        self.may_write: Callable[[], bool] = lambda: True
        self._descriptor = descriptor
        self._encoding = encoding
        self._pending: list[str] = []
        self._is_gone = False

    def write(self, text: str) -> None:
        """Keeps ``text`` until `flush` writes it."""
        self._pending.append(text)

    def flush(self) -> None:
        """Writes the text kept so far, if it may. Returns when the terminal has taken it, or is gone."""
        if not self.may_write():
            return
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
    """Draws on the terminal of standard output, even if standard error goes elsewhere.

    Posts keys that come in one piece and may be a paste as one `Burst`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        output = sys.__stdout__
        assert output is not None  # noqa: S101 - the dashboard opens only on a terminal
        # Textual's writing thread calls only the methods that `TerminalOutput` has.
        self._output = TerminalOutput(output.fileno(), output.encoding)
        write_to(self, self._output)

    def hold_frames(self, may_write: Callable[[], bool]) -> None:
        """Lets the writing thread call ``may_write`` before it writes what is drawn; see `HoldsFrames`."""
        self._output.may_write = may_write

    def write_held(self) -> None:
        """Lets the writing thread ask now whether it may write what it has kept."""
        self.write("")

    def close(self) -> None:
        """Writes all that is held back, above all what gives the terminal back as it was."""
        may_write = self._output.may_write
        self._output.may_write = lambda: may_write() or True
        super().close()
        # A program that was only suspended goes on.
        self._output.may_write = may_write

    def start_application_mode(self) -> None:
        """Does what Textual's driver does, but lets the event loop read the terminal's new size.

        Textual reads the size in a signal handler. If the window changes twice in a row, the second signal interrupts
        the handler of the first, which then reports its older size last, and the app would keep that size.
        """
        # Textual remembers how the terminal is now, and leaves it so.
        taking_over.restore_terminal(self.fileno)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, self._report_size)

    def _report_size(self) -> None:
        if size := terminal_size(self):
            app_of(self).post_message(events.Resize(size, size))

    def run_input_thread(self) -> None:
        """Does what Textual's driver does, but reads a whole piece at once, and replaces bytes that are not UTF-8."""
        parser = parser_for(self)
        decode = getincrementaldecoder("utf-8")("replace").decode
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            self._post_events(decode(taking_over.typed_before()), parser.feed)
            while not self.exit_event.is_set():
                if selector.select(_POLL_SECONDS):
                    self._post_events(decode(self._read()), parser.feed)
                for event in parser.tick():
                    self.process_message(event)
        finally:
            selector.close()
            with contextlib.suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def _read(self) -> bytes:
        """The bytes that are waiting; if they are text, all bytes that the terminal sent in the same piece."""
        content = os.read(self.fileno, _BYTES_A_READ)
        while content and len(content) < _MOST_BYTES_IN_A_PIECE and not _CONTROL_BYTES.intersection(content):
            is_paste = may_be_paste(content.decode(errors="ignore"))
            seconds = _SAME_PASTE_SECONDS if is_paste else _SAME_PIECE_SECONDS
            if not select.select([self.fileno], [], [], seconds)[0]:
                break
            if not (more := os.read(self.fileno, _BYTES_A_READ)):
                break
            content += more
        return content

    def _post_events(self, text: str, feed: Callable[[str], object]) -> None:
        if not text:
            return
        found = list(feed(text))  # type: ignore[call-overload]  # an iterable of messages
        keys = tuple(event for event in found if isinstance(event, events.Key))
        if len(keys) == len(found) and (may_be_paste(text) or is_word(text)):
            for key in keys:
                key.set_sender(app_of(self))
            self.process_message(Burst(text, keys))
        else:
            for event in found:
                self.process_message(event)
