"""Tells the user that a slow command is still computing, and how to stop it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from tui_nn.language import _

SECONDS = 3.0
_SAYS = _("This takes longer than 3 seconds; press Ctrl+C to stop it.")
SENTENCE = f"tui-nn: {_SAYS}\n"


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
