"""Textual's driver for a browser, changed to end with its server, and to hand over files whole.

The server starts this program and reads packets from its standard output: a letter, the length in four bytes, and the
content. ``D`` is what a terminal would show, ``M`` a message in JSON, and ``F`` a file for the user: a line of JSON
with its name and its type, then its bytes. Packets to standard input are ``D``, what the user typed, and ``M``.
"""

import contextlib
import json
import os
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from threading import Lock, Thread, current_thread
from time import sleep
from typing import Any, BinaryIO, ClassVar, Literal, TextIO

from textual import events, messages
from textual.drivers.web_driver import WebDriver

from tui_nn.dashboard.terminal.textual_internals import ParseError, app_of, parser_for, send_through
from tui_nn.dashboard.terminal.uploads import FileUploaded

READY = b"__GANGLION__\n"
"""What Textual's driver writes before its first packet."""
_ESCAPE = b"\x1b"
_POLL_SECONDS = 0.1
_BYTES_A_READ = 65_536
_HEADER_BYTES = 5
_PATIENCE_SECONDS = 5.0
_SERVER_IS_GONE = 129


class BrowserDriver(WebDriver):
    """Draws in a browser through the server that started this program."""

    # The apps of one program take turns: a replay and the lesson that it replays. What one of them has read of the next
    # packet belongs to the other.
    _received: ClassVar[bytearray] = bytearray()
    _size_now: ClassVar[tuple[int, int] | None] = None
    _is_announced: ClassVar[bool] = False

    def __init__(self, *args: Any, size: tuple[int, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, size=size or BrowserDriver._size_now, **kwargs)
        self._sending = Lock()
        send_through(self, self._send)
        self._reader = current_thread()

    def _send(self, packet: bytes) -> None:
        """Writes all of a packet, before another thread writes one."""
        if packet == READY:
            # Textual announces each app; the server waits for a program.
            if BrowserDriver._is_announced:
                return
            BrowserDriver._is_announced = True
        with self._sending:
            while packet:
                packet = packet[os.write(self.fileno, packet) :]

    def stop_application_mode(self) -> None:
        """Does what Textual's driver does, and waits until nothing reads standard input: the next app reads there."""
        super().stop_application_mode()
        if self._reader not in (current_thread(), None):
            self._reader.join(_PATIENCE_SECONDS)

    def run_input_thread(self) -> None:
        """Takes what the server sends, and ends the program once the server is gone."""
        self._reader = current_thread()
        parser = parser_for(self)
        decode = getincrementaldecoder("utf-8")("replace").decode
        source = sys.__stdin__
        assert source is not None  # noqa: S101 - the server starts this program with a pipe
        descriptor = source.fileno()
        while not self.exit_event.is_set():
            if select.select([descriptor], [], [], _POLL_SECONDS)[0]:
                if not (piece := os.read(descriptor, _BYTES_A_READ)):
                    self._leave()
                    return
                self._received.extend(piece)
            for kind, content in self._packets():
                if content == _ESCAPE:
                    # A browser sends a key whole: a terminal's driver would wait for the rest of a sequence.
                    self.process_message(events.Key("escape", None))
                elif kind == b"D":
                    for event in parser.feed(decode(content)):
                        self.process_message(event)
                else:
                    self._take(json.loads(content))
            for event in parser.tick():
                self.process_message(event)
        with contextlib.suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _packets(self) -> Iterator[tuple[bytes, bytes]]:
        """Takes the whole packets from what was received."""
        received = self._received
        while not self.exit_event.is_set() and len(received) >= _HEADER_BYTES:
            end = _HEADER_BYTES + int.from_bytes(received[1:_HEADER_BYTES], "big")
            if len(received) < end:
                return
            kind, content = bytes(received[:1]), bytes(received[_HEADER_BYTES:end])
            del received[:end]
            yield kind, content

    def _take(self, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "resize":
                BrowserDriver._size_now = message["width"], message["height"]
            case "uploaded":
                app_of(self).post_message(FileUploaded(message["name"]))
        self.on_meta(message["type"], message)

    def _leave(self) -> None:
        """Ends the app; ends the process if the app is blocked, such as by a pipe that nobody reads."""
        Thread(target=_end_process, daemon=True).start()
        app_of(self).post_message(messages.ExitApp())

    def deliver_binary(
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,  # noqa: ARG002 - the server makes a key of its own
        save_path: Path,
        open_method: Literal["browser", "download"] = "download",  # noqa: ARG002 - always a download
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,  # noqa: ARG002 - no one waits for the end of a download
    ) -> None:
        """Sends the file in one packet: the server can hand it over even after this program has ended."""
        content = binary.read()
        binary.close()
        body = content.encode(encoding or "utf-8") if isinstance(content, str) else content
        header = json.dumps({"name": save_path.name, "mime_type": mime_type or "application/octet-stream"})
        packed = header.encode() + b"\n" + body
        self._send(b"F%s%s" % (len(packed).to_bytes(4, "big"), packed))


def _end_process() -> None:
    sleep(_PATIENCE_SECONDS)
    os._exit(_SERVER_IS_GONE)
