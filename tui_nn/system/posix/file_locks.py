"""Locks a file while a lesson is recorded in it. One program holds the lock; others can ask whether it is held.

On Linux these are OFD locks, which belong to the open file. macOS has them with another ``struct flock``, and BSD has
none: both use `flock`.

Both kinds belong to the open file. POSIX's older locks belong to the process, which loses them as soon as any of its
threads closes the same file. The system releases all of them when the process ends, even if it is killed.
"""

import errno
import fcntl
import os
import struct
import sys
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from tui_nn.system.locking import RECORDING, Locked

assert sys.platform != "win32"  # noqa: S101 - tells mypy not to check this on Windows

_Answer = TypeVar("_Answer")

# On Linux the first two are the same number, on macOS they are not.
_NO_LOCKS = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS)
_HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES)
_FLOCK = "hhqqi4x"


class Locks(Protocol):
    """One kind of file locks."""

    def take(self, descriptor: int) -> None:
        """Locks the open file until it is closed. Raises `Locked`, and OSError if its disk does not support locks."""

    def prevent_lock(self, descriptor: int) -> None:
        """Keeps others from taking the lock until the file, open for reading, is closed. Raises as `take` does."""

    def is_held(self, descriptor: int) -> bool:
        """Whether another open file holds the lock. Never disturbs a recording. Raises OSError."""


if sys.platform == "linux":

    class OpenFileLocks:
        """Linux's OFD locks. A program can ask about a lock without taking it."""

        def take(self, descriptor: int) -> None:
            """Locks the byte that stands for the file."""
            self._set(descriptor, fcntl.F_WRLCK)

        def prevent_lock(self, descriptor: int) -> None:
            """Takes a shared lock, which several programs can hold."""
            self._set(descriptor, fcntl.F_RDLCK)

        @staticmethod
        def _set(descriptor: int, kind: int) -> None:
            try:
                fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _lock_structure(kind))
            except OSError as error:
                raise _as_locked(error) from None

        def is_held(self, descriptor: int) -> bool:
            """Asks the system which lock would prevent a shared lock."""
            found = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, _lock_structure(fcntl.F_RDLCK))
            return int(struct.unpack(_FLOCK, found)[0]) != fcntl.F_UNLCK


class WholeFileLocks:
    """`flock`. A program that asks holds a shared lock for a moment; the one that records holds the exclusive lock."""

    # A hundred followers that ask every second hold the lock for a thousandth of the time.
    _PATIENCE_SECONDS = 2.0
    _PAUSE_SECONDS = 0.005

    def take(self, descriptor: int) -> None:
        """Locks the whole file; waits for programs that only ask."""
        deadline = time.monotonic() + self._PATIENCE_SECONDS
        while not _flock(descriptor, fcntl.LOCK_EX):
            if not _flock(descriptor, fcntl.LOCK_SH) or time.monotonic() > deadline:
                raise Locked()
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            time.sleep(self._PAUSE_SECONDS)

    def prevent_lock(self, descriptor: int) -> None:
        """Takes the shared lock, and keeps it."""
        if not _flock(descriptor, fcntl.LOCK_SH):
            raise Locked()

    def is_held(self, descriptor: int) -> bool:
        """Tries the shared lock, which several programs that ask can hold at once."""
        if not _flock(descriptor, fcntl.LOCK_SH):
            return True
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        return False


def take(descriptor: int) -> None:
    """Locks the open file until it is closed, if its disk supports locks. Raises `Locked` and OSError."""
    _if_disk_has_locks(lambda locks: locks.take(descriptor))


def prevent_lock(descriptor: int) -> None:
    """Keeps others from locking the file, open for reading, until it is closed. Raises `Locked` and OSError."""
    _if_disk_has_locks(lambda locks: locks.prevent_lock(descriptor))


def is_held(descriptor: int) -> bool:
    """Whether another open file holds the lock; False if the system can't tell."""
    try:
        return _with_first_working_kind(lambda locks: locks.is_held(descriptor))
    except OSError:
        return False


def release(descriptor: int) -> None:
    """Lets others lock the file, which is closed next. Closing it is enough here."""


def _if_disk_has_locks(lock: Callable[[Locks], None]) -> None:
    try:
        _with_first_working_kind(lock)
    except OSError as error:
        # Records even on a disk that does not support locks.
        if error.errno not in _NO_LOCKS:
            raise


def _kinds_to_try() -> tuple[Locks, ...]:
    """The kinds of locks to try on this system, the preferred one first."""
    if sys.platform == "linux" and hasattr(fcntl, "F_OFD_SETLK"):
        return OpenFileLocks(), WholeFileLocks()
    return (WholeFileLocks(),)


def _with_first_working_kind(ask: Callable[[Locks], _Answer]) -> _Answer:
    *first, last = _kinds_to_try()
    for locks in first:
        try:
            return ask(locks)
        except OSError as error:
            # EINVAL: this Linux has no OFD locks (WSL 1, gVisor, kernels before 3.15). Then the next kind is tried.
            if error.errno != errno.EINVAL:
                raise
    return ask(last)


def _lock_structure(kind: int) -> bytes:
    # Earlier versions of tui-nn lock all bytes of the file, and so this one as well.
    return struct.pack(_FLOCK, kind, os.SEEK_SET, RECORDING, 1, 0)


def _flock(descriptor: int, kind: int) -> bool:
    """Tries to take a lock without waiting. Returns whether that worked."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _as_locked(error: OSError) -> OSError:
    return Locked() if error.errno in _HELD else error
