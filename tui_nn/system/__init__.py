"""What differs between operating systems: opening, replacing and locking files, the terminal, processes.

``posix`` is for Linux, macOS and other Unixes, ``windows`` for Windows; both have the same modules with the same names
in them. All other code takes them from here, and runs on every system.
"""

import sys

if sys.platform == "win32":
    from tui_nn.system.windows import file_locks, files, links, processes, terminal
else:
    from tui_nn.system.posix import file_locks, files, links, processes, terminal

__all__ = ["file_locks", "files", "links", "processes", "terminal"]
