"""Opens, writes and replaces files.

Nobody can replace, rename or delete a file that a program has open, as Python opens files. So a file is closed before
it is replaced or renamed, and opened again after that. A file in which a lesson is recorded stays open: nobody can take
it away.
"""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tui_nn.language import _

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else

_Result = TypeVar("_Result")

PROGRAM_SUFFIX = ".exe"
"""The ending of a program's name."""

SHARES_BY_MODE = False
"""Whether the mode of a file says who may read it."""

# Without O_BINARY, Windows writes \r\n for \n, and ends a file at its first Ctrl+Z.
_BINARY = os.O_BINARY | os.O_NOINHERIT
# A program that follows a lesson has the file open for some milliseconds, a virus scanner for a little longer.
_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.01
# In a name of a file, these are separators, wildcards, or, as ":", the beginning of another name's hidden contents.
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE)


def open_to_read(path: Path) -> int:
    """Opens ``path`` for reading and returns the descriptor. Raises OSError, and IsADirectoryError for a folder."""
    return open_itself(path)


def open_itself(path: Path, *, to_write: bool = False) -> int:
    """Opens ``path``, for reading and perhaps for writing, and returns the descriptor.

    Raises OSError, and IsADirectoryError for a folder.
    """
    try:
        return os.open(path, (os.O_RDWR if to_write else os.O_RDONLY) | _BINARY)
    except PermissionError:
        # Windows says of a folder only that it may not be opened.
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, _("it is no ordinary file")) from None
        raise


def create(path: Path) -> int:
    """Creates a file, and opens it for reading and writing. Its folder says who can read it. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY)


def check_name(path: Path) -> None:
    """Raises ValueError for a name that Windows takes for a device, cuts off or takes for a part of another file."""
    for part in path.parts[1:] if path.anchor else path.parts:
        if part not in (".", "..") and (
            _FORBIDDEN.search(part) or _DEVICES.fullmatch(part) or part.endswith((".", " "))
        ):
            raise ValueError(part)


def read_at(descriptor: int, size: int, offset: int) -> bytes:
    """At most ``size`` bytes of the open file from ``offset`` on. Raises OSError."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, size)


def sync(descriptor: int) -> None:
    """Waits until the disk has what was written, as far as the system can promise that. Raises OSError."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Does nothing: Windows opens no folder, and its file systems keep a record of new names."""


def set_mode(descriptor: int, mode: int) -> None:
    """Does nothing: the folder says who may read a file."""


def let_others_read(descriptor: int) -> int:
    """Changes nothing: the folder says who may read a file. Returns the file's mode, as far as Windows has one."""
    return stat.S_IMODE(os.fstat(descriptor).st_mode)


def is_same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether both are of the same file."""
    if not os.path.samestat(one, other):
        return False
    # Some network drives give no numbers to files. Then two files with the same size and time are taken for one.
    return bool(one.st_ino) or (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def is_own(found: os.stat_result) -> bool:  # noqa: ARG001
    """Whether the file belongs to the user. Windows does not say that here, and whoever may write a file may."""
    return True


def lets_others_pass(folder: Path) -> bool:  # noqa: ARG001
    """Whether others can reach the files in ``folder``. Only Windows knows; the user is told to see to that."""
    return True


def user_name() -> str:
    """The name of the user's account."""
    return os.environ.get("USERNAME", "user")


def let_go(descriptor: int) -> None:
    """Closes the open file, so that it can be replaced; the descriptor stays open, on nothing. Raises OSError."""
    nothing = os.open(os.devnull, os.O_RDWR | _BINARY)
    try:
        os.dup2(nothing, descriptor, inheritable=False)
    finally:
        os.close(nothing)


def take_back(descriptor: int, path: Path) -> None:
    """Opens the file at ``path`` again as ``descriptor``, which was let go. Raises OSError."""
    opened = _patiently(lambda: open_itself(path, to_write=True))
    try:
        os.dup2(opened, descriptor, inheritable=False)
    finally:
        os.close(opened)


def replace(temporary: Path, descriptor: int, target: Path) -> None:
    """Renames ``temporary`` to ``target``, and replaces what is there; ``descriptor`` is open on it before and after.

    Raises OSError.
    """
    let_go(descriptor)
    _patiently(lambda: temporary.replace(target))
    take_back(descriptor, target)


def move_to_free_place(temporary: Path, descriptor: int, target: Path) -> None:
    """Renames ``temporary`` to ``target``, where no file is; ``descriptor`` is open on it before and after.

    Raises OSError, and FileExistsError if there is a file.
    """
    let_go(descriptor)
    # Unlike `Path.replace`, this replaces nothing on Windows.
    _patiently(lambda: temporary.rename(target))
    take_back(descriptor, target)


def _patiently(attempt: Callable[[], _Result]) -> _Result:
    """What ``attempt`` gives; tries it again for some time while another program has the file open."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(PermissionError):
            return attempt()
        time.sleep(_PAUSE_SECONDS)
    try:
        return attempt()
    except PermissionError:
        raise PermissionError(errno.EACCES, _("another program has it open, or you may not write there")) from None
