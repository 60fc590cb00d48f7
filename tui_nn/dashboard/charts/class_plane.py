"""Draws which class is predicted over two inputs: a region with a sign for each class, and the boundaries between."""

from collections.abc import Iterable

import numpy as np

from tui_nn.dashboard.charts.marks import MarkedPoint, with_mark
from tui_nn.dashboard.charts.plot import Plot
from tui_nn.dashboard.charts.shades import DotLines, filled_lines, with_inside
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.braille import ACROSS, DOWN
from tui_nn.language import _
from tui_nn.network import UNKNOWN, Classes
from tui_nn.network.checks.contours import borders, refined
from tui_nn.network.model.array import Array
from tui_nn.network.model.classes import ClassNumbers
from tui_nn.writing.notation.class_text import class_label, class_sign
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.signs import Notation

_FILLS, _ASCII_FILLS = " ░▒ ░▒", " .:-=~"
_LOOKS = len(_FILLS)
"""So many regions look different; one more look is that of cells without a class."""
_CLASSES_NAMED, _LONGEST_LABEL = 6, 16
_DIGITS = 4


def classes_title(classes: Classes, others: Iterable[str]) -> str:
    """The signs of the classes with their names, and what ``others`` say of the picture."""
    count = len(classes.names)
    labels = (class_label(classes, number) for number in range(min(count, _CLASSES_NAMED)))
    named = [label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…" for label in labels]
    more = [_("{classes} more", classes=count - _CLASSES_NAMED)] if count > _CLASSES_NAMED else []
    return ", ".join(["  ".join([*named, *more]), *others])


def class_at(classes: Classes, outputs: Array, notation: Notation) -> str:
    """The class predicted at a place, and its output there; ``outputs`` are all outputs there, shape (outputs,)."""
    number = int(classes.predicted(outputs))
    label = class_label(classes, number)
    if number == UNKNOWN:
        return label
    value = rounded_text(float(outputs[number]), _DIGITS).replace("-", notation.minus)
    return f"{label}: {notation.name('Y_hat')} {value}"


def with_regions(view: View, plot: Plot, classes: Classes, outputs: Array, rows: Array) -> Plot:
    """The plot, filled with the region of each class.

    ``outputs`` has the outputs in each cell, shape (lines, columns, outputs). ``rows`` has the places of the rows,
    shape (rows, 2): no sign of a region covers them.
    """
    unicode = view.notation.unicode
    numbers = classes.predicted(outputs)
    looks = np.where(numbers == UNKNOWN, _LOOKS, numbers % _LOOKS)
    between = np.moveaxis(np.array([refined(one, ACROSS, DOWN) for one in np.moveaxis(outputs, -1, 0)]), 0, -1)
    lines = [DotLines(borders(classes.predicted(between), UNKNOWN), "border", "+")]
    fills = [(sign, f"region{look}") for look, sign in enumerate(_FILLS if unicode else _ASCII_FILLS)]
    inside = filled_lines(looks, [*fills, (" ", "")], lines, unicode=unicode)
    for mark in _names(classes, numbers, plot, rows):
        inside[mark.line] = with_mark(inside[mark.line], mark)
    return with_inside(plot, inside)


def _names(classes: Classes, numbers: ClassNumbers, plot: Plot, rows: Array) -> Iterable[MarkedPoint]:
    """The sign of each region, in brackets, in the middle of the longest line of its cells that has no row."""
    free = np.ones(numbers.shape, dtype=bool)
    for column, line in (plot.cell_of(*map(float, place)) for place in rows):
        if 0 <= line - plot.top < plot.height and 0 <= column - plot.left < plot.width:
            free[line - plot.top, column - plot.left] = False
    for number in range(len(classes.names)):
        text = f"[{class_sign(classes, number)}]"
        lengths = _run_lengths((numbers == number) & free)
        line, end = divmod(int(np.argmax(lengths)), lengths.shape[1])
        longest = int(lengths[line, end])
        if longest >= len(text) + 2:
            first = end - longest // 2 - len(text) // 2
            for i, sign in enumerate(text):
                yield MarkedPoint(first + i, line, sign, f"region-name{number % _LOOKS}")


def _run_lengths(cells: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> ClassNumbers:
    """For each cell, how many true cells without a gap end with it in its line; in the shape of ``cells``."""
    lengths = np.zeros(cells.shape, dtype=int)
    run = np.zeros(len(cells), dtype=int)
    for column in range(cells.shape[1]):
        run = (run + 1) * cells[:, column]
        lengths[:, column] = run
    return lengths
