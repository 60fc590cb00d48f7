"""Locks a file while a lesson is recorded in it. One program holds the lock; others can ask whether it is held.

Nobody can read or write bytes that another open file has locked. So two bytes are locked that no session file is long
enough to have: one while a lesson is recorded, and one by a program that asks, as it locks the first one for a moment.
Windows releases both when the process ends, even if it is killed.
"""

import contextlib
import errno
import msvcrt
import os
import sys
import time
from collections.abc import Iterator

from tui_nn.system.locking import RECORDING, Locked

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else

_ASKING = RECORDING - 1
# The errors of a disk that does not support locks; any other one means that somebody else has locked the byte.
_NO_LOCKS = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
# A hundred followers that ask every second hold the lock for a thousandth of the time.
_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.005


def take(descriptor: int) -> None:
    """Locks the open file until it is closed, if its disk supports locks. Raises `Locked` and OSError."""
    try:
        with _asking(descriptor):
            if not _lock(descriptor, RECORDING):
                raise Locked
    except Locked:
        raise
    except OSError as error:
        # Records even on a disk that does not support locks.
        if error.errno not in _NO_LOCKS:
            raise


def prevent_lock(descriptor: int) -> None:
    """Keeps others from locking the file until it is closed. Raises `Locked` and OSError."""
    take(descriptor)


def is_held(descriptor: int) -> bool:
    """Whether another open file holds the lock; False if the system can't tell."""
    try:
        with _asking(descriptor):
            if not _lock(descriptor, RECORDING):
                return True
            _unlock(descriptor, RECORDING)
    except OSError:
        pass
    return False


def release(descriptor: int) -> None:
    """Lets others lock the file, which is closed next. Without this, Windows may take some time to notice."""
    with contextlib.suppress(OSError):
        _unlock(descriptor, RECORDING)


@contextlib.contextmanager
def _asking(descriptor: int) -> Iterator[None]:
    """Waits until nobody else asks about the file's lock, and keeps others from asking. Raises `Locked` and OSError."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not _lock(descriptor, _ASKING):
        if time.monotonic() > deadline:
            raise Locked
        time.sleep(_PAUSE_SECONDS)
    try:
        yield
    finally:
        _unlock(descriptor, _ASKING)


def _lock(descriptor: int, byte: int) -> bool:
    """Tries to lock a byte without waiting. Returns whether that worked. Raises OSError if there are no locks."""
    try:
        with _standing_at(descriptor, byte):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise
        return False
    return True


def _unlock(descriptor: int, byte: int) -> None:
    with _standing_at(descriptor, byte):
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)


@contextlib.contextmanager
def _standing_at(descriptor: int, byte: int) -> Iterator[None]:
    """Windows locks from where the next byte would be read or written; puts that place back afterwards."""
    before = os.lseek(descriptor, 0, os.SEEK_CUR)
    os.lseek(descriptor, byte, os.SEEK_SET)
    try:
        yield
    finally:
        os.lseek(descriptor, before, os.SEEK_SET)
