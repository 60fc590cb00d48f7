"""The axes of a chart: a line at the left and one below, with the labels of their ticks."""

from collections.abc import Sequence
from typing import NamedTuple

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.writing.notation.rulers import Ruler

_AIR = 2


class Frame(NamedTuple):
    """The axes of a chart: what stands left of each line of the curves, and the lines below."""

    beside: Sequence[str] = ()
    below: Sequence[Line] = ()


def labels_beside(ruler: Ruler, lines: Sequence[int], height: int) -> list[str]:
    """The left axis, line by line: the label of a tick, and the axis itself."""
    width = max(map(len, ruler.labels), default=0)
    labels = dict(zip(lines, ruler.labels, strict=True))
    return [labels[y].rjust(width) + "┤" if y in labels else " " * width + "│" for y in range(height)]


def axis_below(labels: Sequence[str], columns: Sequence[int], left: int, width: int, *, with_ticks: bool) -> list[Line]:
    """The lower axis of a chart with so many columns from ``left`` on; without ticks, its labels stand on it."""
    end = left + width
    texts = _spread(labels, columns, left, end)
    axis = list(" " * (left - 1) + "└" + "─" * width)
    if not with_ticks:
        for begin, _, text in texts:
            axis[begin : begin + len(text)] = text
        return [[("".join(axis), "faint")]]
    below = [" "] * end
    for begin, column, text in texts:
        axis[column] = "┬"
        below[begin : begin + len(text)] = text
    return [[("".join(axis), "faint")], [("".join(below), "faint")]]


def _spread(labels: Sequence[str], columns: Sequence[int], left: int, end: int) -> list[tuple[int, int, str]]:
    """The labels that have room: where each begins, the column of its tick, and the label. The last comes first."""
    placed: list[tuple[int, int, str]] = []
    order = sorted(range(len(labels)), key=lambda i: (0 < i < len(labels) - 1, i))
    for i in order:
        begin = min(max(left, columns[i] - len(labels[i]) // 2), end - len(labels[i]))
        stop = begin + len(labels[i])
        if begin >= left and all(stop + _AIR <= one or begin >= one + len(text) + _AIR for one, _, text in placed):
            placed.append((begin, columns[i], labels[i]))
    return sorted(placed)
