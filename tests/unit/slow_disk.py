"""A disk that answers only when a test lets it."""

import errno
import os
import stat
from queue import Queue

IO_ERROR = OSError(errno.EIO, os.strerror(errno.EIO))


class SlowDisk:
    """Stands in for `files.sync`. ``asked`` gets the size of each file to sync; the sync ends with an answer.

    An answer is the error that the sync raises, or None.
    """

    def __init__(self) -> None:
        self.asked: Queue[int] = Queue()
        self.answers: Queue[OSError | None] = Queue()

    def sync(self, descriptor: int) -> None:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return
        self.asked.put(found.st_size)
        if error := self.answers.get():
            raise error
