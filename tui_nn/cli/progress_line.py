"""A line on standard error that says how far a command is, if that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_line(*, shows: bool = True) -> Iterator[Callable[[str], None]]:
    """Gives a function that shows a text in place of the one before; takes the last one away at the end.

    Nothing is shown where standard error is no terminal, nor unless ``shows``.
    """
    is_shown = shows and sys.stderr is not None and sys.stderr.isatty()
    before = 0

    def say(text: str) -> None:
        nonlocal before
        if is_shown:
            # Blanks in place of what is longer in the text before: not every console knows how to erase a line.
            sys.stderr.write(f"\r{text:{before}}\r" if before else f"\r{text}\r")
            sys.stderr.flush()
            before = len(text)

    try:
        yield say
    finally:
        say("")
