"""Makes the process that imports it behave like Windows, as far as tui_nn and Textual can tell.

All that is imported afterwards finds ``sys.platform`` to be "win32", no module that only POSIX has, and an ``os`` and a
``signal`` without what Windows lacks. Python's own library, numpy and plotext are imported before, and keep what they
need.

- A file that is open can't be replaced, renamed or deleted; a folder can't be opened; a rename replaces nothing.
- A user without rights can make no links.
- `msvcrt` locks bytes, by means of Linux's locks.

A process of its own must import this: nothing is put back.
"""

import asyncio
import concurrent.futures.process
import ctypes.wintypes
import curses
import errno
import fcntl
import getpass
import importlib.metadata
import multiprocessing.popen_spawn_posix
import multiprocessing.resource_tracker
import multiprocessing.sharedctypes
import multiprocessing.synchronize
import os
import platform
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import numpy as np
import plotext

_IMPORTED_BEFORE = (asyncio, concurrent, curses, getpass, importlib, multiprocessing, platform, shutil, subprocess)
_IMPORTED_BEFORE_AS_WELL = (tempfile, webbrowser, np, plotext.figure)

_MODULES = ("termios", "tty", "pty", "fcntl", "pwd", "grp", "resource", "curses", "_curses", "posix")
_FLAGS = ("O_RDONLY", "O_WRONLY", "O_RDWR", "O_APPEND", "O_CREAT", "O_EXCL", "O_TRUNC")
_FUNCTIONS = frozenset(
    (
        *("chown", "chroot", "ctermid", "environb", "fchdir", "fchmod", "fchown", "fdatasync", "fork", "forkpty"),
        *("fstatvfs", "getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getpriority", "getsid"),
        *("getuid", "killpg", "lchown", "lockf", "login_tty", "mkfifo", "mknod", "nice", "openpty", "pathconf"),
        *("pipe2", "posix_spawn", "pread", "preadv", "pwrite", "readv", "sched_getaffinity", "sched_yield"),
        *("sendfile", "set_blocking", "setegid", "seteuid", "setgid", "setpgid", "setpriority", "setsid", "setuid"),
        *("statvfs", "sync", "sysconf", "tcgetpgrp", "tcsetpgrp", "ttyname", "uname", "wait", "wait3", "wait4"),
        *("writev"),
    )
)
_SIGNALS = ("SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_IGN")
_OF_SIGNAL = ("Handlers", "Signals", "NSIG", "default_int_handler", "getsignal", "raise_signal", "signal", "strsignal")
_LOCK = "hhqqi4x"


def _denied(*_: object, **__: object) -> Any:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _check_closed(path: Path) -> None:
    """Raises PermissionError if this process has the file at ``path`` open."""
    if path.exists() and any(map(partial(_is_open_as, path.stat()), Path("/proc/self/fd").iterdir())):
        _denied()


def _is_open_as(found: os.stat_result, descriptor: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(int(descriptor.name)), found)
    except OSError:
        return False


def _only_closed(change: Callable[..., Any], *, replaces: bool) -> Callable[..., Any]:
    def changed(path: Path, *to: Path, **options: bool) -> Any:
        for one in (path, *to):
            _check_closed(one)
        if not replaces and any(map(os.path.lexists, to)):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        return change(path, *to, **options)

    return changed


def _open(path: Any, flags: int, mode: int = 0o777) -> int:
    if Path(path).is_dir():
        _denied()
    return os.open(path, flags, mode)


def _locking(descriptor: int, mode: int, count: int) -> None:
    """Locks or unlocks bytes from where the file stands; says EACCES if somebody else has locked them."""
    place = os.lseek(descriptor, 0, os.SEEK_CUR)
    kind = fcntl.F_UNLCK if mode == _MSVCRT.LK_UNLCK else fcntl.F_WRLCK
    can_write = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDWR
    if kind == fcntl.F_WRLCK and not can_write:
        # Linux lets only those lock for themselves who may write. On Windows whoever reads can do it as well.
        again = os.open(f"/proc/self/fd/{descriptor}", os.O_RDWR)
        try:
            fcntl.fcntl(again, fcntl.F_OFD_SETLK, struct.pack(_LOCK, kind, os.SEEK_SET, place, count, 0))
        except BlockingIOError:
            _denied()
        finally:
            os.close(again)
        kind = fcntl.F_RDLCK
    try:
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, struct.pack(_LOCK, kind, os.SEEK_SET, place, count, 0))
    except BlockingIOError:
        _denied()


def _without(module: ModuleType, keeps: Callable[[str], bool], **others: object) -> ModuleType:
    """A module like ``module``, but with only the names that it ``keeps``, and with ``others``."""
    copy = ModuleType(module.__name__)
    copy.__dict__.update({name: value for name, value in vars(module).items() if keeps(name)}, **others)
    return copy


def _is_on_windows(name: str) -> bool:
    return name not in _FUNCTIONS and (not name.startswith("O_") or name in _FLAGS)


def _is_signal_on_windows(name: str) -> bool:
    return name.startswith("_") or name in (*_SIGNALS, *_OF_SIGNAL)


_MSVCRT: Any = ModuleType("msvcrt")
_MSVCRT.__dict__.update(LK_UNLCK=0, LK_LOCK=1, LK_NBLCK=2, locking=_locking, get_osfhandle=lambda number: number)
_modules: dict[str, Any] = sys.modules
_modules.update(
    dict.fromkeys(_MODULES),
    msvcrt=_MSVCRT,
    os=_without(os, _is_on_windows, open=_open, O_BINARY=0, O_NOINHERIT=os.O_CLOEXEC, symlink=_denied, link=_denied),
    signal=_without(signal, _is_signal_on_windows, SIGBREAK=21),
)
# It talks to a console that is not there.
_modules["rich._win32_console"] = None
mock.patch.multiple(
    Path,
    replace=_only_closed(Path.replace, replaces=True),
    rename=_only_closed(Path.rename, replaces=False),
    unlink=_only_closed(Path.unlink, replaces=True),
    symlink_to=_denied,
    hardlink_to=_denied,
).start()
# Textual's driver for Windows asks for functions of the system when it is imported, and calls them on a console only.
mock.patch.object(ctypes, "WinDLL", mock.MagicMock(), create=True).start()
for name in ("TERM", "COLORTERM", "HOME"):
    os.environ.pop(name, None)
os.environ.update(USERNAME="Ann", LOCALAPPDATA="/nowhere", USERPROFILE="/nowhere")
sys.platform = "win32"
