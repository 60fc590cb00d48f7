"""The error of a lock that somebody else holds."""

import errno
import os


class Locked(OSError):
    """Another open file, of this program or of another one, holds the lock."""

    def __init__(self) -> None:
        super().__init__(errno.EAGAIN, os.strerror(errno.EAGAIN))
