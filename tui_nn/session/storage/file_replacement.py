"""Moves a finished file to its path, and replaces only a file that may be replaced."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

Consent = Callable[[int], None]
"""Decides whether a file may be replaced. Gets its descriptor, open for reading; raises OSError to keep the file."""


def replace_anything(_: int) -> None:
    """Allows any file to be replaced."""


def replace_nothing(_: int) -> None:
    """Allows no file to be replaced: only a new file may be written."""
    raise _place_taken_error()


def replace_current_file(path: Path) -> Consent:
    """A consent to replace only the file that is at ``path`` now. Raises OSError."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return replace_nothing

    def only_that(old: int) -> None:
        if not os.path.samestat(os.fstat(old), seen):
            raise _place_taken_error()

    return only_that


def mode_to_keep(old: int, otherwise: int | None) -> int | None:
    """The mode of the file ``old``; ``otherwise`` if somebody else owns it: they may have let everyone write to it."""
    found = os.fstat(old)
    return stat.S_IMODE(found.st_mode) if found.st_uid == os.geteuid() else otherwise


def put_in_place(temporary: Path, target: Path, old: int | None) -> None:
    """Renames ``temporary`` to ``target``, replacing the open file ``old``, or nothing if that is None.

    Raises OSError and changes nothing if that fails, or if ``target`` is another file than ``old`` by now.
    """
    if old is None:
        _put_in_free_place(temporary, target)
    elif os.path.samestat(os.fstat(old), target.lstat()):
        temporary.replace(target)
    else:
        raise _place_taken_error()


def _put_in_free_place(temporary: Path, target: Path) -> None:
    try:
        # A rename would replace a file created in between.
        target.hardlink_to(temporary)
    except FileExistsError:
        raise _place_taken_error() from None
    except OSError:
        # Some file systems, as on memory sticks, have no hard links.
        if os.path.lexists(target):
            raise _place_taken_error() from None
        temporary.replace(target)
    else:
        # The file has its new name; a failure to remove the old one does no harm.
        with contextlib.suppress(OSError):
            temporary.unlink()


def _place_taken_error() -> OSError:
    return FileExistsError(errno.EEXIST, "another file has taken its place")
