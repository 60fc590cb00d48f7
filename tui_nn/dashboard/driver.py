"""Textual's driver for a terminal, with a writer that outlives whatever the terminal does."""

import os
import select
import sys
from typing import Any, cast

from textual.drivers.linux_driver import LinuxDriver

_LOOK_SECONDS = 1.0


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
                select.select([], [self._descriptor], [], _LOOK_SECONDS)
            except OSError:
                self._is_gone = True

    def fileno(self) -> int:
        """The terminal's descriptor."""
        return self._descriptor


class TerminalDriver(LinuxDriver):
    """Draws on the terminal that the program writes to, wherever its errors go."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        output = sys.__stdout__
        assert output is not None  # noqa: S101 - without a terminal to write to, no dashboard opens
        # Of a file, Textual's writing thread uses these methods alone.
        self._file = cast("Any", TerminalOutput(output.fileno(), output.encoding))
