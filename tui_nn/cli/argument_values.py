"""Reads the values of a command's arguments; each function raises argparse's error for a value that can't be."""

import argparse
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from tui_nn.cli.opening_parser import OPTION
from tui_nn.language import _
from tui_nn.network import Mistake, ValidationError
from tui_nn.session import input_parsing, limits
from tui_nn.session.validation import shortened
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_SCREEN_COLUMNS, _SCREEN_LINES = (60, 400), (20, 200)
# 1 + ε with a smaller ε rounds to 1.
_LEAST_EPSILON = 1e-16
_SLOWEST, _FASTEST = 0.1, 1000
# The seeds that at least one generator takes. If the document's generator takes fewer, it says so itself.
_LEAST_SEED, _GREATEST_SEED = -(2**31) + 1, 2**63 - 1
_MOST_PROCESSES = 256


def parse_whole_number(text: str, least: int, greatest: int) -> int:
    """A whole number from ``least`` to ``greatest``."""
    with _as_argument_errors():
        return input_parsing.parse_whole_number_in_range("value", text, least, greatest)


parse_count = partial(parse_whole_number, least=1, greatest=limits.ITERATIONS)
parse_count_of_starts = partial(parse_whole_number, least=1, greatest=limits.STARTS)
parse_count_of_processes = partial(parse_whole_number, least=1, greatest=_MOST_PROCESSES)
parse_points = partial(parse_whole_number, least=1, greatest=limits.ROWS)
parse_seed = partial(parse_whole_number, least=_LEAST_SEED, greatest=_GREATEST_SEED)


def parse_size(text: str) -> tuple[int, int]:
    """A size such as ``120x40``: columns by lines."""
    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    (fewest, widest), (shortest, longest) = _SCREEN_COLUMNS, _SCREEN_LINES
    least, greatest = f"{fewest}x{shortest}", f"{widest}x{longest}"
    if not (fewest <= size[0] <= widest and shortest <= size[1] <= longest):
        raise argparse.ArgumentTypeError(
            _(
                '{option} must be from {least} to {greatest}, columns by lines; you typed "{typed}"',
                option=OPTION,
                least=least,
                greatest=greatest,
                typed=shortened(text),
            )
        )
    return size


def parse_number(text: str) -> float:
    """A number."""
    with _as_argument_errors():
        return input_parsing.parse_number(text)


@contextmanager
def _as_argument_errors() -> Iterator[None]:
    """Turns a `ValidationError` into argparse's own error, before which argparse writes the argument's name."""
    try:
        yield
    except ValidationError as error:
        sentence = error_sentence(error, minus="-", subject=OPTION).removesuffix(".")
        raise argparse.ArgumentTypeError(sentence) from None


def parse_speed(text: str) -> float:
    """How many times as fast a replay goes."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not _SLOWEST <= number <= _FASTEST:
        raise argparse.ArgumentTypeError(
            _(
                '{option} must be a number from {least} to {greatest}; you typed "{typed}"',
                option=OPTION,
                least=_SLOWEST,
                greatest=_FASTEST,
                typed=shortened(text),
            )
        )
    return number


def parse_mistake(text: str) -> Mistake:
    """A mistake by its name."""
    # Imported here: only the check command needs the names.
    from tui_nn.writing.sentences.mistake_sentences import parse_mistake

    mistake = parse_mistake(text)
    if mistake is None:
        raise argparse.ArgumentTypeError(f'{OPTION} must be one of {", ".join(Mistake)}; you typed "{shortened(text)}"')
    return mistake


def parse_epsilon(text: str) -> float:
    """An ε of the gradient check."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = 0.0
    if not _LEAST_EPSILON <= number <= 1:
        raise argparse.ArgumentTypeError(
            f'{OPTION} must be from {_LEAST_EPSILON:g} to 1; you typed "{shortened(text)}"'
        )
    return number
