"""Lets a class follow a lesson: makes its file readable, and says what to tell the class."""

import os
import shlex
import shutil
import socket
import stat
import string
import sys
import tempfile
from pathlib import Path

from tui_nn.language import _
from tui_nn.session.storage.session_file import (
    SUFFIX,
    SessionError,
    cannot_read_error,
    is_table,
    no_name_error,
    os_error_reason,
    printable_path,
    read,
)
from tui_nn.system import files

_LASTING_FOLDER = Path("/var/tmp")  # noqa: S108 - a folder of the user's own is made in it, and checked
_FOLDER_MODE = 0o755
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_UNQUOTED = frozenset(string.ascii_letters + string.digits + "/._-")
_PLAIN_ON_WINDOWS = frozenset(string.ascii_letters + string.digits + "\\:._-")


def proposed_path(name: str) -> Path:
    """A path where everyone on this machine can read a lesson called ``name``; on Windows only the name of its file."""
    if not files.SHARES_BY_MODE:
        # Only the user knows which folder or shared drive the class can read.
        return Path(f"{name}{SUFFIX}")
    # What is in /tmp may be gone when the machine starts again.
    lasting = _LASTING_FOLDER if os.access(_LASTING_FOLDER, os.W_OK) else Path(tempfile.gettempdir())
    return lasting / f"tui-nn-{files.user_name()}" / f"{name}{SUFFIX}"


def make_folder_for(path: Path) -> None:
    """Creates the folder that `proposed_path` names, if ``path`` is in it.

    Raises `SessionError` if the folder belongs to somebody else, or if others can write in it.
    """
    folder = path.parent
    if not files.SHARES_BY_MODE or folder != proposed_path("").parent:
        return
    try:
        folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        made = printable_path(folder)
        raise SessionError(_("{folder} can't be made: {reason}", folder=made, reason=os_error_reason(error))) from None
    if not stat.S_ISDIR(found.st_mode) or not files.is_own(found):
        raise SessionError(_("{folder} is somebody else's; choose another place", folder=printable_path(folder)))
    if found.st_mode & _WRITABLE_BY_OTHERS:
        closing = f"chmod go-w {shlex.quote(printable_path(folder))}"
        says = _(
            "others can write in {folder}; close it to them ({command}), or choose another place",
            folder=printable_path(folder),
            command=closing,
        )
        raise SessionError(says)


def let_others_read(path: Path) -> Path:
    """Makes the lesson in ``path`` readable for everyone; returns the path of its file, with all links followed.

    Opens the file once; reads it, checks its owner and changes its mode through the same descriptor. If another file
    takes its place meanwhile, such as a private file behind a link, that file stays as it is. Raises `SessionError` if
    the file holds no lesson or belongs to somebody else.
    """
    check_no_table(path)
    try:
        target = Path(os.path.realpath(path, strict=True))
        # All links were followed before: a link that is there now was put there in between.
        descriptor = files.open_itself(target)
    except OSError as error:
        raise cannot_read_error(path, error) from None
    except ValueError:
        raise no_name_error(path) from None
    try:
        read(path, descriptor=descriptor)
        if not files.is_own(os.fstat(descriptor)):
            says = _("{path} is somebody else's file; only its owner can share it", path=printable_path(path))
            raise SessionError(says)
        files.let_others_read(descriptor)
    except OSError as error:
        says = _(
            "{path} can't be made readable for others: {reason}",
            path=printable_path(path),
            reason=os_error_reason(error),
        )
        raise SessionError(says) from None
    finally:
        os.close(descriptor)
    return target


def check_no_table(path: Path) -> None:
    """Raises `SessionError` if ``path`` is a table of data: nobody records a lesson there that others could follow."""
    if is_table(path):
        says = _(
            "{path} is a table of data, and no lesson is recorded in it; "
            "open it (tui-nn {word}), press w, and share the file that you save",
            path=printable_path(path),
            word=shell_word(path),
        )
        raise SessionError(says)


def closed_folder(path: Path) -> Path | None:
    """The outermost folder on the way to ``path`` that others can't get into, or None."""
    folders = reversed(Path(os.path.realpath(path)).parents)
    return next((folder for folder in folders if not files.lets_others_pass(folder)), None)


def _program_name() -> str:
    """How others start this program: by its name if a shell finds it, otherwise by its path."""
    beside = Path(sys.executable).with_name(f"tui-nn{files.PROGRAM_SUFFIX}")
    if shutil.which("tui-nn") or not beside.exists():
        return "tui-nn"
    return shell_word(beside)


def shell_word(path: Path) -> str:
    """``path`` as a word for a shell: plain, in quotes, or with escaped bytes for characters that can't be shown."""
    text = str(path)
    if not files.SHARES_BY_MODE:
        # Windows' shells know no other quotation marks, and no path has one.
        return text if _PLAIN_ON_WINDOWS.issuperset(text) else f'"{printable_path(path)}"'
    if text.isprintable():
        return shlex.quote(text)
    escaped = "".join(chr(byte) if chr(byte) in _UNQUOTED else f"\\x{byte:02x}" for byte in os.fsencode(path))
    return f"$'{escaped}'"


def invitation(path: Path) -> str:
    """The lines to tell the class: how to follow the lesson, and which folder is still closed to them."""
    where = shell_word(Path(os.path.realpath(path)))
    program = _program_name()
    if not files.SHARES_BY_MODE:
        return "\n".join(
            (
                _("Tell the class, who can follow each at a machine of their own:"),
                f"  {program} follow {where}",
                "",
                _(
                    "On Windows, tui-nn can't open a file to others: the folder says who can read it. "
                    "So save the lesson\n"
                    "in a folder that the class can open, such as one on a shared drive, and share it there."
                ),
            )
        )
    lines = [
        _("Tell the class, who can follow each in a terminal of their own:"),
        "",
        _("on this machine:"),
        f"  {program} follow {where}",
        _("from elsewhere, with an account on this machine:"),
        f"  ssh -C -t NAME@{socket.gethostname()} {program} follow {where}",
    ]
    if closed := closed_folder(path):
        remedy = f"chmod o+x {shell_word(closed)}"
        lines += [
            "",
            _(
                "They can't get into {folder} yet. Either open it to them ({command}),\n"
                "or save the lesson somewhere else and share it there.",
                folder=printable_path(closed),
                command=remedy,
            ),
        ]
    return "\n".join(lines)
