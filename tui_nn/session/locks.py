"""Locks on a file that is recorded: one program holds the lock, any other can ask whether somebody does.

Linux locks the open file (OFD locks). Other systems have the constants of these locks, but another ``struct flock``
(macOS), or have no such locks at all (BSD): there it is `flock`.

Both kinds belong to the open file. POSIX's older locks belong to the process, which loses them as soon as any of its
readers closes the same file. All end with the process that holds them, however that ends.
"""

import errno
import fcntl
import os
import struct
import sys
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

_Answer = TypeVar("_Answer")

# The first two are the same number on Linux and two numbers on macOS.
_NO_LOCKS = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS)
_HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES)
_FLOCK = "hhqqi4x"


class Locked(OSError):
    """Another open file, of this program or of another one, holds the lock."""


class Locks(Protocol):
    """What a file of this system can be locked with."""

    def take(self, descriptor: int) -> None:
        """Locks the open file until it is closed. Raises `Locked`, and OSError where the disk knows no locks."""

    def keep_free(self, descriptor: int) -> None:
        """Lets nobody take the lock until the file is closed, which is open to be read. Raises as `take`."""

    def is_held(self, descriptor: int) -> bool:
        """Whether another open file holds the lock; no one who records is disturbed. Raises OSError."""


class OpenFileLocks:
    """Linux's OFD locks. They can be asked about without being taken."""

    def take(self, descriptor: int) -> None:
        """Locks the whole file."""
        self._set(descriptor, fcntl.F_WRLCK)

    def keep_free(self, descriptor: int) -> None:
        """Takes the lock of those who read, which several can have."""
        self._set(descriptor, fcntl.F_RDLCK)

    @staticmethod
    def _set(descriptor: int, kind: int) -> None:
        try:
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _whole_file(kind))
        except OSError as error:
            raise _locked_or(error) from None

    def is_held(self, descriptor: int) -> bool:
        """Asks which lock would be in the way of one to read."""
        found = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, _whole_file(fcntl.F_RDLCK))
        return int(struct.unpack(_FLOCK, found)[0]) != fcntl.F_UNLCK


class WholeFileLocks:
    """`flock`. Whoever asks holds a shared lock for a moment; whoever records holds the exclusive one."""

    # A class of a hundred that asks every second holds the lock for a thousandth of the time.
    _PATIENCE_SECONDS = 2.0
    _PAUSE_SECONDS = 0.005

    def take(self, descriptor: int) -> None:
        """Locks the whole file; waits for those who only ask."""
        deadline = time.monotonic() + self._PATIENCE_SECONDS
        while not _flock(descriptor, fcntl.LOCK_EX):
            if not _flock(descriptor, fcntl.LOCK_SH) or time.monotonic() > deadline:
                raise Locked(errno.EAGAIN, os.strerror(errno.EAGAIN))
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            time.sleep(self._PAUSE_SECONDS)

    def keep_free(self, descriptor: int) -> None:
        """Takes the shared lock, and keeps it."""
        if not _flock(descriptor, fcntl.LOCK_SH):
            raise Locked(errno.EAGAIN, os.strerror(errno.EAGAIN))

    def is_held(self, descriptor: int) -> bool:
        """Tries the shared lock, which those who only ask can have at the same time."""
        if not _flock(descriptor, fcntl.LOCK_SH):
            return True
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        return False


def take(descriptor: int) -> None:
    """Locks the open file until it is closed, where its disk knows locks. Raises `Locked`, and OSError."""
    _where_there_are_locks(lambda locks: locks.take(descriptor))


def keep_free(descriptor: int) -> None:
    """Lets nobody lock the file, open to be read, until it is closed. Raises `Locked`, and OSError."""
    _where_there_are_locks(lambda locks: locks.keep_free(descriptor))


def is_held(descriptor: int) -> bool:
    """Whether another open file holds the lock; False where that can't be told."""
    try:
        return _by_what_works(lambda locks: locks.is_held(descriptor))
    except OSError:
        return False


def _where_there_are_locks(lock: Callable[[Locks], None]) -> None:
    try:
        _by_what_works(lock)
    except OSError as error:
        # A disk that knows no locks is still one to record on.
        if error.errno not in _NO_LOCKS:
            raise


def _of_this_system() -> tuple[Locks, ...]:
    """What to lock with here, and with what where the kernel does not know the first."""
    # A variable: to a type checker, what holds on another system can't be reached.
    system: str = sys.platform
    has_open_file_locks = system == "linux" and hasattr(fcntl, "F_OFD_SETLK")
    return (OpenFileLocks(), WholeFileLocks()) if has_open_file_locks else (WholeFileLocks(),)


def _by_what_works(ask: Callable[[Locks], _Answer]) -> _Answer:
    *first, last = _of_this_system()
    for locks in first:
        try:
            return ask(locks)
        except OSError as error:
            # Linux in name: WSL 1, gVisor, kernels before 3.15.
            if error.errno != errno.EINVAL:
                raise
    return ask(last)


def _whole_file(kind: int) -> bytes:
    return struct.pack(_FLOCK, kind, os.SEEK_SET, 0, 0, 0)


def _flock(descriptor: int, kind: int) -> bool:
    """Tries a lock, and does not wait for it; gives whether it could be had."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _locked_or(error: OSError) -> OSError:
    return Locked(errno.EAGAIN, os.strerror(errno.EAGAIN)) if error.errno in _HELD else error
