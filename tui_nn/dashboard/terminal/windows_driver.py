"""Textual's terminal driver for Windows, changed to write in any encoding."""

import io
import sys
from typing import Any

from textual.drivers.windows_driver import WindowsDriver

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else


class TerminalDriver(WindowsDriver):
    """Draws on the console of standard output."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A sign that the console's encoding lacks would end the thread that writes.
        if isinstance(sys.__stdout__, io.TextIOWrapper):
            sys.__stdout__.reconfigure(errors="replace")
