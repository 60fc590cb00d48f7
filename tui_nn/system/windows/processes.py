"""The processes of this program: how many, how important, and what interrupts them."""

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Iterator

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else

MOST_OF_A_POOL = 61
"""How many processes a pool can have: Windows waits for 63 things at once, and Python's pool needs two for itself."""

CAN_SERVE_BROWSERS = False
CAN_PAINT = False
"""Whether a program can wait for what its server writes to it: on Windows not, it would have to read all the time."""


def processors() -> int:
    """How many processors this program may use."""
    return os.cpu_count() or 1


@contextlib.contextmanager
def low_priority() -> Iterator[None]:
    """Changes nothing: on Windows each student sits at a machine of their own, and slows down nobody else's keys."""
    yield


def bound_memory(mebibytes: int) -> None:
    """Changes nothing: Python can't bound a process's memory on Windows."""


def never_wait(descriptor: int) -> None:
    """Changes nothing: nothing here writes to such pipes on Windows."""


def allow_many_files() -> None:
    """Changes nothing: Windows has no such limit."""


def kill_session(leader: int) -> None:
    """Kills a process."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(leader, signal.SIGTERM)


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Changes nothing: Windows sends Ctrl+C to all processes of a console, and can't hold it back."""
    yield


def is_reader_gone(error: OSError) -> bool:
    """Whether ``error`` says that nobody reads any more what is written to a pipe."""
    # Python on Windows says "invalid argument" of a pipe without a reader.
    return error.errno in (errno.EPIPE, errno.EINVAL)
