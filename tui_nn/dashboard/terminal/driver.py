"""The driver of the terminal that the dashboard is drawn on, for the system that it runs on."""

import sys

if sys.platform == "win32":
    from tui_nn.dashboard.terminal.windows_driver import TerminalDriver
else:
    from tui_nn.dashboard.terminal.posix_driver import TerminalDriver

__all__ = ["TerminalDriver"]
