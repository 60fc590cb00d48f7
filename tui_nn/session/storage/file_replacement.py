"""Puts a finished file in its place, and replaces there only the file that may be replaced."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

Consent = Callable[[int], None]
"""Decides whether a file may be replaced: gets its descriptor, open to read. Raises to keep the file."""


def replace_anything(_: int) -> None:
    """Allows any file to be replaced."""


def replace_nothing(_: int) -> None:
    """Allows no file to be replaced: only a new file may be written."""
    raise _taken()


def what_is_at(path: Path) -> Consent:
    """Allows only the file that ``path`` leads to now to be replaced. Raises OSError."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return replace_nothing

    def only_that(old: int) -> None:
        if not os.path.samestat(os.fstat(old), seen):
            raise _taken()

    return only_that


def mode_to_keep(old: int, otherwise: int | None) -> int | None:
    """The mode of the file replaced; ``otherwise`` if somebody else owns it, who may have let everyone write to it."""
    found = os.fstat(old)
    return stat.S_IMODE(found.st_mode) if found.st_uid == os.geteuid() else otherwise


def put_in_place(temporary: Path, target: Path, old: int | None) -> None:
    """Renames ``temporary`` to ``target``, replacing the open file ``old``, or nothing if that is None.

    Raises OSError and changes nothing if that fails, or if ``target`` is another file than ``old`` by now.
    """
    if old is None:
        _put_where_nothing_is(temporary, target)
    elif os.path.samestat(os.fstat(old), target.lstat()):
        temporary.replace(target)
    else:
        raise _taken()


def _put_where_nothing_is(temporary: Path, target: Path) -> None:
    try:
        # A rename would replace a file created in between.
        target.hardlink_to(temporary)
    except FileExistsError:
        raise _taken() from None
    except OSError:
        # Some file systems, as on memory sticks, have no hard links.
        if os.path.lexists(target):
            raise _taken() from None
        temporary.replace(target)
    else:
        # The file has its new name; a failure to remove the old one does no harm.
        with contextlib.suppress(OSError):
            temporary.unlink()


def _taken() -> OSError:
    return FileExistsError(errno.EEXIST, "another file has taken its place")
