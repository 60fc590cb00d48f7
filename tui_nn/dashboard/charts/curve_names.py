"""The names at the ends of curves, placed where they hide nothing."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui_nn.dashboard.charts.dots import Bits

_FARTHEST = 20
"""How many columns a name may stand left of its curve's end."""
_DOT, _COLUMN, _NEAR_ANOTHER, _BEYOND_ANOTHER = 0.7, 0.3, 4.0, 2.5
"""How many lines farther away a name stands rather than to hide a cell with dots, to stand a column farther left, to be
nearer to the end of another curve, or to stand on the other side of a curve that ends close by."""


class Name(NamedTuple):
    """The name of a curve, with the cell in which the curve ends or, once placed, in which the name begins.

    ``dot`` is the line of dots, counted from the top, in which the curve ends.
    """

    text: str
    column: int
    line: int
    style: str
    dot: int = 0


def placed_names(names: Iterable[Name], bits: Bits) -> Iterator[Name]:
    """Each name close to its curve's end, where it hides few dots and no other name."""
    height, width = bits.shape
    hidden = (bits != 0).astype(np.int64)
    lines, names = np.arange(height), list(names)
    for name in names:
        length = len(name.text)
        last = min(name.column + 1, width) - length
        if last < 0:
            continue
        sums = np.cumsum(np.pad(hidden, ((0, 0), (1, 0))), axis=1)
        begins = np.arange(max(0, last - _FARTHEST), last + 1)
        costs = _DOT * (sums[:, begins + length] - sums[:, begins])
        away = np.abs(lines - name.line)
        others = [np.abs(lines - other.line) for other in names if other is not name]
        is_nearer_another = np.any([other <= away for other in others], axis=0) if others else 0
        beyond = sum((_is_beyond(lines, name, other) for other in names), np.zeros(height))
        away_and_aside = away + _NEAR_ANOTHER * is_nearer_another + _BEYOND_ANOTHER * beyond
        costs = costs + away_and_aside[:, None] + _COLUMN * (last - begins)
        line, column = np.unravel_index(int(costs.argmin()), costs.shape)
        placed = name._replace(column=int(begins[column]), line=int(line))
        yield placed
        # Another name may hide a dot rather than this one.
        hidden[placed.line, max(0, placed.column - 1) : placed.column + length + 1] += width


def _is_beyond(lines: NDArray[np.int64], name: Name, other: Name) -> NDArray[np.bool_]:
    """Which lines lie beyond the curve of ``other``, if it ends at most a line from the curve of ``name``."""
    if abs(other.line - name.line) > 1 or other.dot == name.dot:
        return np.zeros(len(lines), dtype=np.bool_)
    return lines < name.line if other.dot < name.dot else lines > name.line
