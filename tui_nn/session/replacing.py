"""Putting a file in its place: what may be replaced there, and that nothing else is."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

Consent = Callable[[int], None]
"""Is asked about the file that would be replaced, open to be read. Raises OSError or `SessionError` if it must stay."""


def anything(_: int) -> None:
    """The consent to replace whatever is there."""


def nothing(_: int) -> None:
    """The consent to write a new file, and to replace none."""
    raise _taken()


def what_is_at(path: Path) -> Consent:
    """The consent to replace the file that ``path`` leads to now, and no other. Raises OSError."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return nothing

    def only_that(old: int) -> None:
        if not os.path.samestat(os.fstat(old), seen):
            raise _taken()

    return only_that


def mode_to_keep(old: int, otherwise: int | None) -> int | None:
    """The mode of the file that is replaced; ``otherwise`` where it is somebody else's, who may let all write to it."""
    found = os.fstat(old)
    return stat.S_IMODE(found.st_mode) if found.st_uid == os.geteuid() else otherwise


def put_in_place(temporary: Path, target: Path, old: int | None) -> None:
    """Gives the file at ``temporary`` the name ``target``, in the place of the file ``old``, or of none.

    Raises OSError, and then changes nothing: also where there is another file than ``old`` by now.
    """
    if old is None:
        _put_where_nothing_is(temporary, target)
    elif os.path.samestat(os.fstat(old), target.lstat()):
        temporary.replace(target)
    else:
        raise _taken()


def _put_where_nothing_is(temporary: Path, target: Path) -> None:
    try:
        # A rename would replace what came there in between.
        target.hardlink_to(temporary)
    except FileExistsError:
        raise _taken() from None
    except OSError:
        # Some file systems, as on memory sticks, know no second name of a file.
        if os.path.lexists(target):
            raise _taken() from None
        temporary.replace(target)
    else:
        # The file is where it belongs, whatever becomes of its other name.
        with contextlib.suppress(OSError):
            temporary.unlink()


def _taken() -> OSError:
    return FileExistsError(errno.EEXIST, "another file has taken its place")
