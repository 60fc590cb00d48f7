"""A formula on one line, and on the line below it the shape of each matrix."""

from collections.abc import Iterable
from typing import TypeAlias
from unicodedata import combining

PieceOverShape: TypeAlias = tuple[str, str]
"""A part of a formula, with the blank before it, and the shape that stands below it; "" for a sign."""


def columns(text: str) -> int:
    """How many columns a formula takes in a terminal: M̂ takes one, though it is a letter and a sign above it."""
    return sum(not combining(sign) for sign in text)


def lines_over_shapes(pieces: Iterable[PieceOverShape]) -> tuple[str, str]:
    """Two lines: the formula, and the shapes, each below the middle of its matrix if there is room.

    A shape may reach below the signs beside its matrix, so that these need no more blanks; but two shapes do not touch.
    """
    above = below = ""
    for text, shape in pieces:
        label = text.lstrip()
        above += text[: len(text) - len(label)]
        if shape:
            least = len(below) + 1 if below else 0
            above += " " * (least - columns(above))
            middle = columns(above) + (columns(label) - len(shape)) // 2
            below = below.ljust(max(least, middle)) + shape
        above += label
    return above.rstrip(), below
