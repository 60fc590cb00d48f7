"""Letting a class follow a lesson: who can read its file, and what to tell them."""

import getpass
import os
import shlex
import shutil
import socket
import stat
import string
import sys
import tempfile
from pathlib import Path

from tui_nn.session.file import SUFFIX, SessionError, reason, shown

_LASTING = Path("/var/tmp")  # noqa: S108 - a folder of the user's own is made in it, and checked
_READABLE_BY_ALL = 0o044
_MAY_PASS = stat.S_IXOTH
_FOLDER_MODE = 0o755
_BARE = frozenset(string.ascii_letters + string.digits + "/._-")


def proposed(name: str) -> Path:
    """Where a lesson called ``name`` can be read by everyone on this machine."""
    # What is in /tmp may be gone when the machine starts again.
    lasting = _LASTING if os.access(_LASTING, os.W_OK) else Path(tempfile.gettempdir())
    return lasting / f"tui-nn-{_user()}" / f"{name}{SUFFIX}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # An account without a name.
        return str(os.getuid())


def make_folder_for(path: Path) -> None:
    """Makes the folder of `proposed`, if ``path`` is in it. Raises `SessionError` where it is somebody else's."""
    folder = path.parent
    if folder != proposed("").parent:
        return
    try:
        folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise SessionError(f"{shown(folder)} can't be made: {reason(error)}") from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise SessionError(f"{shown(folder)} is somebody else's; choose another place")


def let_others_read(path: Path) -> None:
    """Makes the file readable for everyone. Raises `SessionError`."""
    try:
        path.chmod(stat.S_IMODE(path.stat().st_mode) | _READABLE_BY_ALL)
    except OSError as error:
        raise SessionError(f"others can't be let read {shown(path)}: {reason(error)}") from None


def obstacle(path: Path) -> Path | None:
    """The outermost folder on the way to ``path`` that others can't get into, or None."""
    folders = reversed(Path(os.path.realpath(path)).parents)
    return next((folder for folder in folders if not _lets_others_pass(folder)), None)


def _lets_others_pass(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & _MAY_PASS)
    except OSError:
        return False


def _program() -> str:
    """How others can call this program: by its name where it is on the path, else by where it is."""
    beside = Path(sys.executable).with_name("tui-nn")
    if shutil.which("tui-nn") or not beside.exists():
        return "tui-nn"
    return shell_word(beside)


def shell_word(path: Path) -> str:
    """``path`` as a shell takes it: as it is, in quotes, or, where characters of it can't be shown, by their bytes."""
    text = str(path)
    if text.isprintable():
        return shlex.quote(text)
    escaped = "".join(chr(byte) if chr(byte) in _BARE else f"\\x{byte:02x}" for byte in os.fsencode(path))
    return f"$'{escaped}'"


def invitation(path: Path) -> str:
    """What to tell the class, line by line; and what stands in the way, if anything does."""
    where = shell_word(Path(os.path.realpath(path)))
    program = _program()
    lines = [
        "Tell the class, who can follow each in a terminal of their own:",
        "",
        "on this machine:",
        f"  {program} follow {where}",
        "from elsewhere, with an account on this machine:",
        f"  ssh -C -t NAME@{socket.gethostname()} {program} follow {where}",
    ]
    if closed := obstacle(path):
        lines += [
            "",
            f"They can't get into {shown(closed)} yet. Either open it to them (chmod o+x {shell_word(closed)}),",
            "or save the lesson somewhere else and share it there.",
        ]
    return "\n".join(lines)
