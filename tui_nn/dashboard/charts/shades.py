"""Shades in the cells of a chart, and lines of dots over them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.plot import Axes, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.widgets.braille import ACROSS, BITS, BRAILLE, DOWN
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.network.checks.plane import Limits
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.rulers import Ruler

_SHADES, _ASCII_SHADES = " ░▒▓█", " .:*#"
_BITS = np.array(BITS)
_LEAST_NAME = 8
_FARTHEST = 10
"""How many times the size of the chart a point of a path may lie away from it."""

Levels = np.ndarray[tuple[int, ...], np.dtype[np.int_]]
Dots = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


class DotLines(NamedTuple):
    """Lines over the shades: the dots, shape (lines · 4, columns · 2), their style, and their sign in ASCII."""

    dots: Dots
    style: str
    ascii_sign: str


def shades(*, unicode: bool) -> str:
    """The signs of the shades, from the lightest."""
    return _SHADES if unicode else _ASCII_SHADES


def levels_of(values: Array, low: float, high: float) -> Levels:
    """The number of the shade of each value, from 0 at ``low`` to 4 at ``high`` and beyond."""
    with np.errstate(all="ignore"):
        parts = np.nan_to_num(np.clip((values - low) / ((high - low) or 1.0), 0.0, 1.0))
    levels: Levels = np.minimum((parts * len(_SHADES)).astype(int), len(_SHADES) - 1)
    return levels


def shaded_lines(levels: Levels, drawn: Iterable[DotLines], *, unicode: bool) -> list[Line]:
    """Lines of text with a shade in each cell, and over it the dots of the lines ``drawn``, the last one on top."""
    fills = [(sign, f"shade{level}" if level else "") for level, sign in enumerate(shades(unicode=unicode))]
    return filled_lines(levels, fills, drawn, unicode=unicode)


def filled_lines(
    levels: Levels, fills: Sequence[tuple[str, str]], drawn: Iterable[DotLines], *, unicode: bool
) -> list[Line]:
    """Lines of text that show the level of each cell by a sign and a style, which ``fills`` has for each level.

    The dots of ``drawn`` lie over them, the last of these on top; their style, too, depends on the level of the cell.
    """
    cells = [[fills[level] for level in row] for row in levels.tolist()]
    for lines in drawn:
        height, width = levels.shape
        blocks = lines.dots.reshape(height, DOWN, width, ACROSS)
        bits = (blocks * _BITS[:, np.newaxis, :]).sum(axis=(1, 3))
        for y, x in np.argwhere(bits).tolist():
            sign = chr(BRAILLE + int(bits[y, x])) if unicode else lines.ascii_sign
            cells[y][x] = (sign, f"{lines.style}{int(levels[y, x])}")
    return [_joined(row) for row in cells]


def _joined(cells: Iterable[tuple[str, str]]) -> Line:
    return [("".join(sign for sign, _ in run), style) for style, run in groupby(cells, key=lambda cell: cell[1])]


def plot_around(limits: Limits, size: Size) -> Plot:
    """An empty chart below a free line. Its axes span at least ``limits``, in the same proportions."""
    (left, bottom), (right, top) = limits.lows.tolist(), limits.highs.tolist()
    up = Ruler.upright(bottom, top, lines_of_curves(size, top=1))
    longer = (up.high / 2 - up.low / 2) / (top / 2 - bottom / 2)
    middle, half = left / 2 + right / 2, (right / 2 - left / 2) * longer
    across = Ruler.linear(middle - half, middle + half, max(2, size.width // 10))
    return plot_of(Axes(size, across, up), None, top=1)


def with_inside(plot: Plot, inside: Iterable[Line]) -> Plot:
    """The plot with other lines inside its axes."""
    shown = list(plot.lines)
    for y, line in enumerate(inside, start=plot.top):
        text = "".join(part for part, _ in shown[y])
        before, after = text[: plot.left], text[plot.left + plot.width :]
        shown[y] = [(before, "faint"), *line, (after, "faint")]
    return plot._replace(lines=shown)


def with_axis_names(plot: Plot, across: str, up: str, legend: str = "", *, unicode: bool) -> Plot:
    """The plot with texts in its frame: at the top the name of the axis up and a legend, below the other name."""
    right, upwards = ("→", "↑") if unicode else (">", "^")
    shown, end = list(plot.lines), plot.left + plot.width
    top, bottom = plot.top - 1, plot.top + plot.height
    room = max(0, plot.width - 4)
    up_text, across_text = _shortened(f" {up} {upwards} ", room), _shortened(f" {across} {right} ", room)
    shown[top] = _written(shown[top], plot.left + 1, up_text)
    shown[bottom] = _written(shown[bottom], end - len(across_text) - 1, across_text)
    if legend and len(up_text) + len(legend) + 4 <= room:
        text = "".join(part for part, _ in shown[top])
        begin = end - len(legend) - 3
        after = (text[begin + len(legend) + 2 :], "faint")
        shown[top] = [*_written([(text, "")], plot.left + 1, up_text)[:2]]
        between = text[plot.left + 1 + len(up_text) : begin]
        shown[top] += [(between, "faint"), (f" {legend} ", "label"), after]
    return plot._replace(lines=shown)


def _shortened(name: str, room: int) -> str:
    """A name between blanks with its arrow, in so many columns."""
    if len(name) <= room:
        return name
    return f"{name[: max(0, room - 4)]}…{name[-3:]}" if room > _LEAST_NAME else ""


def _written(line: Line, begin: int, name: str) -> Line:
    text = "".join(part for part, _ in line)
    return [(text[:begin], "faint"), (name, "label"), (text[begin + len(name) :], "faint")]


def middles_of_cells(plot: Plot) -> tuple[Array, Array]:
    """The xs of the middles of all columns, and the ys of the middles of all lines, from the top."""
    across = (np.arange(plot.width) * ACROSS + (ACROSS - 1) / 2) / (plot.width * ACROSS - 1)
    down = (np.arange(plot.height) * DOWN + (DOWN - 1) / 2) / (plot.height * DOWN - 1)
    xs = [plot.axes.x.value_at(along) for along in across.tolist()]
    ys = [plot.axes.y.value_at(1 - along) for along in down.tolist()]
    return np.array(xs), np.array(ys)


def dots_of_path(plot: Plot, xs: Array, ys: Array) -> Dots:
    """The dots of the line through some points of the chart; what lies outside the axes is left out."""
    dots = np.zeros((plot.height * DOWN, plot.width * ACROSS), dtype=bool)
    with np.errstate(all="ignore"):
        across = plot.axes.x.fractions(xs) * (plot.width * ACROSS - 1)
        down = (1 - plot.axes.y.fractions(ys)) * (plot.height * DOWN - 1)
        corners = np.stack([across, down])
        is_near = np.all(np.abs(corners) <= _FARTHEST * max(dots.shape), axis=0)
        begins, ends = corners[:, :-1], corners[:, 1:]
        is_shown = is_near[:-1] & is_near[1:]
    begins, ends = begins[:, is_shown], ends[:, is_shown]
    # Each line has a point at least every dot, and both of its ends.
    steps = np.abs(ends - begins).max(axis=0, initial=0.0).astype(int) + 1
    lasts = np.cumsum(steps + 1) - 1
    along = np.arange(steps.sum() + len(steps)) - np.repeat(lasts - steps, steps + 1)
    points = along * np.repeat((ends - begins) / steps, steps + 1, axis=1) + np.repeat(begins, steps + 1, axis=1)
    points[:, lasts] = ends
    columns, rows = np.rint(points).astype(int)
    inside = (columns >= 0) & (columns < dots.shape[1]) & (rows >= 0) & (rows < dots.shape[0])
    dots[rows[inside], columns[inside]] = True
    return dots
