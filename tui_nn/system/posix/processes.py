"""The processes of this program: how many, how important, and what interrupts them."""

import contextlib
import errno
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

assert sys.platform != "win32"  # noqa: S101 - tells mypy not to check this on Windows

MOST_OF_A_POOL = 1000
"""How many processes a pool can have: more than any machine has processors."""
CAN_SERVE_BROWSERS = True
"""Whether a program can wait for what its server writes to it."""
CAN_PAINT = sys.platform == "linux"
"""Whether a painter can serve followers: over sockets that keep messages apart and tell who is at the other end."""
_NICENESS = 5
_MEBIBYTE = 2**20
_AUTOGROUP = Path("/proc/self/autogroup")


def processors() -> int:
    """How many processors this program may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    else:  # noqa: RET505 - mypy would call it unreachable without this word
        return os.cpu_count() or 1


@contextlib.contextmanager
def low_priority() -> Iterator[None]:
    """Lowers the priority of this process."""
    os.nice(_NICENESS)
    # With autogroups, Linux shares the processor between terminals, and niceness counts only within one terminal.
    with contextlib.suppress(OSError):
        _AUTOGROUP.write_text(str(_NICENESS), encoding="ascii")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            _AUTOGROUP.write_text("0", encoding="ascii")


def bound_memory(mebibytes: int) -> None:
    """Bounds what this process may allocate, where the system can."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * _MEBIBYTE, mebibytes * _MEBIBYTE))


def never_wait(descriptor: int) -> None:
    """Lets a write to the open pipe fail where it would have to wait."""
    os.set_blocking(descriptor, False)


def allow_many_files() -> None:
    """Lets this process open as many files and connections as the system allows it to ask for."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def kill_session(leader: int) -> None:
    """Kills a process that was started in a session of its own, and the children that are left of it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Holds back Ctrl+C, also from processes that begin meanwhile."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def is_reader_gone(error: OSError) -> bool:
    """Whether ``error`` says that nobody reads any more what is written to a pipe."""
    return error.errno == errno.EPIPE
