"""The command line."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache

from tui_nn import decimal_sign
from tui_nn.cli.command_table import is_translated

_NEEDS_NO_LESSON = ("--help", "-h", "--version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code: 0, 1 if a check failed, 2 if it can't do what was asked."""
    words = sys.argv[1:] if arguments is None else arguments
    if decimal_sign.OPTION in words:
        # Other options may have numbers with commas behind them.
        os.environ[decimal_sign.VARIABLE] = decimal_sign.COMMA
    if words and words[0] in _NEEDS_NO_LESSON:
        # Importing numpy would take longer than writing the answer.
        from tui_nn.cli.opening_parser import opening_parser

        opening_parser().parse_args(words[:1])
    if words and words[0] == "follow":
        # A class of hundreds follows: whoever can, does it in a small program.
        from tui_nn.cli.small_follower import follow_small

        follow_small(words)
    if not words or is_translated(words[0]):
        from tui_nn.cli.language_choice import choose_language

        choose_language(words)
    return _command()(words)


@lru_cache(maxsize=1)
def _command() -> Callable[[Sequence[str]], int]:
    """What runs a command; imports all that a lesson needs."""
    # The garbage collector would take a tenth of the time of the imports, and find nothing.
    was_enabled = gc.isenabled()
    gc.disable()
    from tui_nn.cli.entry import main

    # The modules stay: it need not look through them.
    gc.freeze()
    if was_enabled:
        gc.enable()
    return main


__all__ = ["main"]
