"""A formula on one line, and on the line below it the shape of each matrix."""

from collections.abc import Iterable
from typing import TypeAlias

PieceOverShape: TypeAlias = tuple[str, str]
"""A part of a formula, with the blank before it, and the shape that stands below it; "" for a sign."""


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
            above = above.ljust(least)
            middle = len(above) + (len(label) - len(shape)) // 2
            below = below.ljust(max(least, middle)) + shape
        above += label
    return above.rstrip(), below
