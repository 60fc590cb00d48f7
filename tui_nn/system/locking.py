"""What locks of files have in common on all systems."""

import errno
import os

RECORDING = 2**30 + 1
"""The byte that is locked while a lesson is recorded; no session file is long enough to have it.

On Windows, and on its network drives (SMB) also from Linux, nobody else can read bytes that are locked.
"""


class Locked(OSError):
    """Another open file, of this program or of another one, holds the lock."""

    def __init__(self) -> None:
        super().__init__(errno.EAGAIN, os.strerror(errno.EAGAIN))
