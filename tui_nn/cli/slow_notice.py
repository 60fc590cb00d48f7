"""Tells the user that a slow command is still computing, and how to stop it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

SECONDS = 3.0
SENTENCE = "tui-nn: This takes longer than 3 seconds; press Ctrl+C to stop it.\n"


@contextmanager
def slow_notice(seconds: float = SECONDS) -> Iterator[None]:
    """Writes one sentence to standard error if the block takes longer than ``seconds``."""
    timer = Timer(seconds, _print_notice)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _print_notice() -> None:
    if sys.stderr is not None:
        sys.stderr.write(SENTENCE)
        sys.stderr.flush()
