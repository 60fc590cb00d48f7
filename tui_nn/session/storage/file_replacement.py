"""Moves a finished file to its path, and replaces only a file that may be replaced."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from tui_nn.language import _
from tui_nn.system import files

Consent = Callable[[int], None]
"""Decides whether a file may be replaced. Gets its descriptor, open for reading; raises OSError to keep the file."""


def replace_anything(_old: int) -> None:
    """Allows any file to be replaced."""


def replace_nothing(_old: int) -> None:
    """Allows no file to be replaced: only a new file may be written."""
    raise _place_taken_error()


def replace_current_file(path: Path) -> Consent:
    """A consent to replace only the file that is at ``path`` now. Raises OSError."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return replace_nothing

    def only_that(old: int) -> None:
        if not files.is_same(os.fstat(old), seen):
            raise _place_taken_error()

    return only_that


def mode_to_keep(old: int, otherwise: int | None) -> int | None:
    """The mode of the file ``old``; ``otherwise`` if somebody else owns it: they may have let everyone write to it."""
    found = os.fstat(old)
    return stat.S_IMODE(found.st_mode) if files.is_own(found) else otherwise


def put_in_place(temporary: Path, descriptor: int, target: Path, old: int | None) -> None:
    """Renames ``temporary`` to ``target``, replacing the open file ``old``, or nothing if that is None.

    ``descriptor`` is open on the file, before and after. Raises OSError and changes nothing if that fails, or if
    ``target`` is another file than ``old`` by now.
    """
    if old is None:
        try:
            files.move_to_free_place(temporary, descriptor, target)
        except FileExistsError:
            raise _place_taken_error() from None
    elif files.is_same(os.fstat(old), target.lstat()):
        files.let_go(old)
        files.replace(temporary, descriptor, target)
    else:
        raise _place_taken_error()


def _place_taken_error() -> OSError:
    return FileExistsError(errno.EEXIST, _("another file has taken its place"))
