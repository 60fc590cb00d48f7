"""Opens, writes and replaces files."""

import contextlib
import errno
import fcntl
import getpass
import os
import stat
import sys
from pathlib import Path

assert sys.platform != "win32"  # noqa: S101 - tells mypy not to check this on Windows

PROGRAM_SUFFIX = ""
"""The ending of a program's name."""

SHARES_BY_MODE = True
"""Whether the mode of a file says who may read it."""

_OWNER_ALONE = 0o600
_READABLE_BY_ALL = 0o044
_MAY_PASS = stat.S_IXOTH


def open_to_read(path: Path) -> int:
    """Opens ``path`` for reading and returns the descriptor, without waiting for a pipe. Raises OSError.

    If ``path`` is a terminal, it does not become the terminal that controls this process.
    """
    # Without O_NONBLOCK, opening a named pipe would wait for someone to write to it.
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)


def open_itself(path: Path, *, to_write: bool = False) -> int:
    """Opens ``path``, for reading and perhaps for writing, and returns the descriptor. Raises OSError.

    All links on the way to ``path`` were followed before: if it is a link by now, that is an error.
    """
    access = os.O_RDWR if to_write else os.O_RDONLY
    return os.open(path, access | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)


def create(path: Path) -> int:
    """Creates a file that only its owner can read, and opens it for reading and writing. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _OWNER_ALONE)


def check_name(path: Path) -> None:
    """Raises ValueError for a name that no new file should have here. Any name that can be written is one here."""


def read_at(descriptor: int, size: int, offset: int) -> bytes:
    """At most ``size`` bytes of the open file from ``offset`` on. Raises OSError."""
    return os.pread(descriptor, size, offset)


def sync(descriptor: int) -> None:
    """Waits until the disk has what was written, as far as the system can promise that. Raises OSError."""
    # On macOS, fsync leaves the data in the disk's cache, where a power cut loses it.
    if full := getattr(fcntl, "F_FULLFSYNC", None):
        try:
            fcntl.fcntl(descriptor, full)
        except OSError:
            # Some file systems, such as network disks, do not support it.
            os.fsync(descriptor)
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names of the files in ``folder``."""
    # A failure is no error: the files are saved, and only a power cut could lose their new names.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            sync(descriptor)
        finally:
            os.close(descriptor)


def set_mode(descriptor: int, mode: int) -> None:
    """Gives the open file a mode. Raises OSError."""
    os.fchmod(descriptor, mode)


def let_others_read(descriptor: int) -> int:
    """Makes the open file readable for everyone; returns its new mode. Raises OSError."""
    mode = stat.S_IMODE(os.fstat(descriptor).st_mode) | _READABLE_BY_ALL
    os.fchmod(descriptor, mode)
    return mode


def is_same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether both are of the same file."""
    return os.path.samestat(one, other)


def is_own(found: os.stat_result) -> bool:
    """Whether the file belongs to the user."""
    return found.st_uid == os.geteuid()


def lets_others_pass(folder: Path) -> bool:
    """Whether others can reach the files in ``folder`` whose names they know."""
    try:
        return bool(folder.stat().st_mode & _MAY_PASS)
    except OSError:
        return False


def user_name() -> str:
    """The name of the user's account, or its number if it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def let_go(descriptor: int) -> None:
    """Makes it possible to replace the open file. It is possible in any case here."""


def take_back(descriptor: int, path: Path) -> None:
    """Opens the file at ``path`` again as ``descriptor``, which was let go. It is open in any case here."""


def replace(temporary: Path, descriptor: int, target: Path) -> None:  # noqa: ARG001
    """Renames ``temporary`` to ``target``, and replaces what is there; ``descriptor`` is open on it before and after.

    Raises OSError.
    """
    temporary.replace(target)


def move_to_free_place(temporary: Path, descriptor: int, target: Path) -> None:  # noqa: ARG001
    """Renames ``temporary`` to ``target``, where no file is; ``descriptor`` is open on it before and after.

    Raises OSError, and FileExistsError if there is a file.
    """
    try:
        # A rename would replace a file created in between.
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems, as on memory sticks, have no hard links.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        temporary.replace(target)
    else:
        # The file has its new name; a failure to remove the old one does no harm.
        with contextlib.suppress(OSError):
            temporary.unlink()
