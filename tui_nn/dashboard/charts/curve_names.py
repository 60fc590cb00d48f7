"""The names at the ends of curves, placed where they hide nothing."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui_nn.dashboard.charts.dots import Bits


class Name(NamedTuple):
    """A name at a cell of a chart: where the curve ends, or where the name begins."""

    text: str
    column: int
    line: int
    style: str


def placed_names(names: Iterable[Name], bits: Bits) -> Iterator[Name]:
    """Each name to the left of its curve's end, in a line close to it, in which it hides few dots and no other name."""
    height, width = bits.shape
    taken = (bits != 0).astype(int)
    for name in names:
        if len(name.text) > width:
            continue
        begin = max(0, min(name.column + 1, width) - len(name.text))
        stretch = slice(begin, begin + len(name.text))
        lines = sorted(range(height), key=lambda y: (int(taken[y, stretch].sum()) + abs(y - name.line), y))
        yield name._replace(column=begin, line=lines[0])
        # Another name may hide a dot rather than this one.
        taken[lines[0], max(0, begin - 1) : begin + len(name.text) + 1] = width
