"""What the command line must know about each command before it imports the command's code."""

from typing import NamedTuple


class CommandTraits(NamedTuple):
    """In which languages and with which decimal signs a command prints."""

    is_translated: bool = False
    """Whether the command speaks the user's language; if not, it prints in English alone."""
    has_decimal_sign: bool = True
    """Whether ``--decimal-comma`` changes what the command prints."""


_NUMBERS = CommandTraits()
_SENTENCES = CommandTraits(is_translated=True)
_NO_NUMBERS = CommandTraits(has_decimal_sign=False)

COMMANDS = {
    "train": _NUMBERS,
    "show": _NUMBERS,
    "derive": _SENTENCES,
    "walk": _SENTENCES,
    "predict": _NUMBERS,
    "check": _NUMBERS,
    "diagnose": _NUMBERS,
    "starts": _NUMBERS,
    "sweep": _NUMBERS,
    "verify": _NUMBERS,
    "answers": _NUMBERS,
    "new": _NO_NUMBERS,
    "split": _NO_NUMBERS,
    "share": _NO_NUMBERS,
    "sessions": _NO_NUMBERS,
    "completion": _NO_NUMBERS,
    "export": _SENTENCES,
    "replay": _SENTENCES,
    "follow": _SENTENCES,
    "serve": _SENTENCES,
}
"""The traits of each command, by its name."""


def is_translated(first_word: str) -> bool:
    """Whether a command line that begins with ``first_word`` speaks the user's language, as the dashboard does."""
    return COMMANDS.get(first_word, _SENTENCES).is_translated
