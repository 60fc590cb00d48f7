"""The processes of this program: how many, how important, and what interrupts them."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator

assert sys.platform == "win32"  # noqa: S101 - tells mypy not to check this anywhere else

# Windows waits for no more than 63 processes at once, and Python's pool needs two of these for itself.
_MOST_PROCESSES = 61


def processors() -> int:
    """How many processors this program may use."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES)


@contextlib.contextmanager
def low_priority() -> Iterator[None]:
    """Changes nothing: on Windows each student sits at a machine of their own, and slows down nobody else's keys."""
    yield


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Changes nothing: Windows sends Ctrl+C to all processes of a console, and can't hold it back."""
    yield


def is_reader_gone(error: OSError) -> bool:
    """Whether ``error`` says that nobody reads any more what is written to a pipe."""
    # Python on Windows says "invalid argument" of a pipe without a reader.
    return error.errno in (errno.EPIPE, errno.EINVAL)
