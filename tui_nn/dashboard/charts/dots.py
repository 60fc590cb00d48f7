"""Curves as braille dots: plotext draws them, and here they are parted into what is past and what lies ahead."""

import importlib
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from textual.geometry import Size

from tui_nn.dashboard.widgets.braille import ACROSS, BITS, BRAILLE, DOWN

_BITS = np.array(BITS, np.uint8)
_LEFT_BITS = 0x47
_SIGNS = 0x100

Ints: TypeAlias = NDArray[np.int64]
Bits: TypeAlias = NDArray[np.uint8]
"""The braille dots of each cell, shape (lines, columns)."""


class DotCurve(NamedTuple):
    """The dots of a curve's points, in the order of their xs: in which column each is, and in which line from the top.

    A line of −1 is a gap.
    """

    xs: NDArray[np.float64]
    columns: Ints
    lines: Ints

    def path(self) -> Iterator[tuple[Ints, Ints]]:
        """For each stretch without a gap the columns and lines of a path through all its dots."""
        inside = self.lines >= 0
        edges = np.flatnonzero(np.diff(inside.astype(int))) + 1
        for stretch in np.split(np.arange(len(self.lines)), edges):
            if stretch.size and inside[stretch[0]]:
                yield _shortened(self.columns[stretch], self.lines[stretch])

    def lines_at(self, column: int, x: float) -> tuple[int, int] | None:
        """The least and the greatest line that the curve has in a column of dots up to ``x``, coming from the left."""
        end = int(np.searchsorted(self.xs, x, side="right"))
        begin = int(np.searchsorted(self.columns[:end], column))
        here = self.lines[begin:end]
        lines = here[here >= 0].tolist()
        if not lines:
            return None
        if begin and here[0] >= 0 and (before := int(self.lines[begin - 1])) >= 0:
            # The line from the point before enters the column half a dot left of its middle.
            fraction = 1 - 0.5 / (column - int(self.columns[begin - 1]))
            entry = before + (lines[0] - before) * fraction
            lines.append(math.ceil(entry) if entry < lines[0] else math.floor(entry))
        return min(lines), max(lines)


def _shortened(columns: Ints, lines: Ints) -> tuple[Ints, Ints]:
    """Only the first, the highest, the lowest and the last dot of each column, none of them twice in a row."""
    starts = np.concatenate([[0], np.flatnonzero(np.diff(columns)) + 1])
    ends = np.concatenate([starts[1:], [len(columns)]]) - 1
    corners = (
        lines[starts],
        np.minimum.reduceat(lines, starts),
        np.maximum.reduceat(lines, starts),
        lines[ends],
    )
    columns, lines = np.repeat(columns[starts], len(corners)), np.stack(corners, axis=1).ravel()
    is_new = np.ones(len(lines), bool)
    is_new[1:] = (np.diff(columns) != 0) | (np.diff(lines) != 0)
    return columns[is_new], lines[is_new]


class Strokes(NamedTuple):
    """The strokes of a path: the dots at their ends, and whether a stroke leads to each from the dot before."""

    columns: Ints
    lines: Ints
    is_connected: NDArray[np.bool_]

    @classmethod
    def of_path(cls, columns: Ints, lines: Ints) -> "Strokes":
        """Keeps only the dots that strokes need: plotext takes 20 µs for each. Dots that touch need no stroke."""
        across, down = np.abs(np.diff(columns)), np.abs(np.diff(lines))
        is_connected = np.concatenate([[False], np.maximum(across, down) > 1])
        leads_on = np.concatenate([is_connected[1:], [False]])
        is_level = np.concatenate([[False], down == 0])
        # Where a level line leads on level, both are one.
        is_passed = is_connected & leads_on & is_level & np.concatenate([is_level[1:], [False]])
        is_needed = (is_connected | leads_on) & ~is_passed
        return cls(columns[is_needed], lines[is_needed], is_connected[is_needed])


class Layer(NamedTuple):
    """Curves of one style: their dots, and the styles of what is past and of what lies ahead."""

    bits: Bits
    curves: tuple[DotCurve, ...]
    style: str
    style_ahead: str

    def parted(self, column: int, x: float, line: int | None = None) -> tuple[Bits, Bits]:
        """The dots up to ``x``, which is in a column of dots, and those after it.

        A column of −1 is left of all dots. ``line`` is the curve's line at x, where that is known.
        """
        if column < 0:
            return np.zeros_like(self.bits), self.bits
        cell, is_right = divmod(column, ACROSS)
        past = self.bits.copy()
        past[:, cell + 1 :] = 0
        ranges = [found for curve in self.curves if (found := curve.lines_at(column, x))]
        if line is not None:
            first, last = ranges[0] if ranges else (line, line)
            ranges = [(min(line, first), max(line, last))]
        past[:, cell] &= _bits_between(ranges, len(past), is_right) | (_LEFT_BITS if is_right else 0)
        return past, self.bits & ~past


def _bits_between(ranges: Sequence[tuple[int, int]], height: int, side: int) -> Bits:
    """In each line of cells, the bits of one side whose lines of dots lie in one of ``ranges``."""
    bits = np.zeros(height, np.uint8)
    for first, last in ranges:
        for line in range(first, last + 1):
            bits[line // DOWN] |= BITS[line % DOWN][side]
    return bits


class Cells(NamedTuple):
    """What stands in each cell: the dots, and the number of its style in ``styles``, whose first is for blanks."""

    bits: Bits
    numbers: NDArray[np.uint8]
    styles: list[str]

    @classmethod
    def blank(cls, size: Size) -> "Cells":
        """Cells without a dot."""
        shape = size.height, size.width
        return cls(np.zeros(shape, np.uint8), np.zeros(shape, np.uint8), [""])

    def paint(self, painted: Sequence[tuple[Bits, str]]) -> None:
        """Puts dots over what is there, each cell in one style: a cell of several takes them in turn along its line.

        So where two curves cross or lie on each other, each keeps its own colour.
        """
        if not painted:
            return
        has_dots = np.stack([bits != 0 for bits, _ in painted])
        counts = has_dots.sum(axis=0)
        turn = np.arange(counts.shape[1])[None, :] % np.maximum(counts, 1)
        # The place of each layer among those that have dots in the same cell.
        places = np.cumsum(has_dots, axis=0) - 1
        for (bits, style), has, place in zip(painted, has_dots, places, strict=True):
            here = has & (place == turn)
            self.bits[here] = bits[here]
            self.numbers[here] = len(self.styles)
            self.styles.append(style)

    def line(self, y: int) -> list[tuple[str, str]]:
        """A line of cells as texts, each with its style."""
        bits, numbers = self.bits[y].tolist(), self.numbers[y].tolist()
        texts: list[tuple[str, str]] = []
        for bit, number in zip(bits, numbers, strict=True):
            sign, style = (chr(BRAILLE + bit), self.styles[number]) if bit else (" ", "")
            if texts and texts[-1][1] == style:
                texts[-1] = texts[-1][0] + sign, style
            else:
                texts.append((sign, style))
        return texts


class NoPlotextError(Exception):
    """plotext, which draws the lines of charts, can't be loaded."""


@lru_cache(maxsize=1)
def plotext_or_none() -> ModuleType | None:
    """plotext, whose import takes about as long as the first screen; None where it is missing or can't be loaded.

    It has a part in C++, and not every system has a ready-made package of it.
    """
    try:
        return importlib.import_module("plotext")
    except (ImportError, OSError, AttributeError):
        # It is not installed; or its C++ library is missing, is built for another system, or is of another version.
        return None


def drawn(size: Size, curves: Sequence[DotCurve]) -> Bits:
    """The dots of ``curves`` and of the lines between their points, drawn by plotext on so many cells.

    Raises `NoPlotextError` where that can't be loaded.
    """
    plotext = plotext_or_none()
    if plotext is None:
        raise NoPlotextError
    paths = [path for curve in curves for path in curve.path()]
    bits = np.zeros((size.height, size.width), np.uint8)
    for columns, lines in paths:
        np.bitwise_or.at(bits, (lines // DOWN, columns // ACROSS), _BITS[lines % DOWN, columns % ACROSS])
    strokes = [stroke for path in paths if (stroke := Strokes.of_path(*path)).columns.size]
    return bits | _lines_drawn(plotext, size, strokes) if strokes else bits


def _lines_drawn(plotext: ModuleType, size: Size, strokes: Sequence[Strokes]) -> Bits:
    """The dots of the lines, as plotext draws them."""
    columns, lines, is_connected = (np.concatenate(part) for part in zip(*strokes, strict=True))
    figure = _figure_of(plotext, size)
    figure.clear.data()
    upwards = DOWN * size.height - 1 - lines
    signal = figure.signal(columns.tolist(), upwards.tolist(), marker="braille")
    for i in np.flatnonzero(is_connected).tolist():
        signal.line(i)
    figure.draw(signal)
    text = str(figure.build().string(True)).replace("\n", "").ljust(size.area)
    signs = np.frombuffer(text.encode("utf-32-le"), np.uint32)[: size.area].astype(np.int64) - BRAILLE
    return np.where((signs > 0) & (signs < _SIGNS), signs, 0).astype(np.uint8).reshape(size.height, size.width)


@lru_cache(maxsize=1)
def _figure_of(plotext: ModuleType, size: Size) -> Any:
    """The figure of plotext, made ready for dots on so many cells. While the size stays the same, it stays ready.

    plotext has one figure for the whole process: only the screen's thread may draw on it.
    """
    figure: Any = plotext.figure
    plotext.terminal.limit(False, False)
    figure.clear.all()
    figure.plot_size(size.width, size.height)
    figure.axes(False)
    # With these limits, each whole number is the middle of a dot.
    for side, last in (("x", ACROSS * size.width - 1), ("y", DOWN * size.height - 1)):
        ruler = figure.ruler(side)
        ruler.lim(-0.5, last + 0.5)
        ruler.alignment(lim="edge")
        ruler.ticks([], [])
    return figure
