"""The driver of the terminal that the dashboard is drawn on, for the system that it runs on."""

import sys
from collections.abc import Callable
from typing import Protocol, runtime_checkable

if sys.platform == "win32":
    from tui_nn.dashboard.terminal.windows_driver import TerminalDriver
else:
    from tui_nn.dashboard.terminal.posix_driver import TerminalDriver

__all__ = ["HoldsFrames", "TerminalDriver"]


@runtime_checkable
class HoldsFrames(Protocol):
    """A driver that can hold back what is drawn while the UI thread goes on."""

    def hold_frames(self, may_write: Callable[[], bool]) -> None:
        """Lets the thread that writes to the terminal call ``may_write`` before it does, and wait there.

        If that returns False, the driver keeps what is drawn, and asks again when something else is drawn.
        """
        ...

    def write_held(self) -> None:
        """Lets the thread ask now whether it may write what it has kept."""
        ...
