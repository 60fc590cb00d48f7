"""The dots of a curve are those of plotext, which is asked only for the lines between dots that do not touch."""

from typing import Any

import numpy as np
import plotext
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Size

from tui_nn.dashboard.charts.dots import Bits, DotCurve, drawn
from tui_nn.dashboard.widgets.braille import ACROSS, BRAILLE, DOWN

_sizes = st.builds(Size, st.integers(2, 60), st.integers(1, 12))
_Points = list[tuple[int, int]]


def _points(size: Size) -> st.SearchStrategy[_Points]:
    """Dots from left to right, each with its column and its line."""
    dots = st.tuples(st.integers(0, ACROSS * size.width - 1), st.integers(0, DOWN * size.height - 1))
    return st.lists(dots, min_size=1, max_size=80).map(lambda found: sorted(found, key=lambda dot: dot[0]))


def _drawn_whole(size: Size, points: _Points) -> Bits:
    """The dots where plotext itself draws a line through all points, on a fresh figure."""
    figure: Any = plotext.figure
    plotext.terminal.limit(False, False)
    figure.clear.all()
    figure.plot_size(size.width, size.height)
    figure.axes(False)
    last_line = DOWN * size.height - 1
    columns, lines = (list(part) for part in zip(*points, strict=True))
    figure.draw(figure.signal(columns, [last_line - line for line in lines], marker="braille").lines(True))
    for side, last in (("x", ACROSS * size.width - 1), ("y", last_line)):
        figure.ruler(side).lim(-0.5, last + 0.5)
        figure.ruler(side).alignment(lim="edge")
        figure.ruler(side).ticks([], [])
    text = str(figure.build().string(True)).replace("\n", "").ljust(size.area)[: size.area]
    bits = [ord(sign) - BRAILLE if ord(sign) > BRAILLE else 0 for sign in text]
    return np.array(bits, np.uint8).reshape(size.height, size.width)


@settings(max_examples=60)
@given(st.data())
def test_a_curve_has_the_dots_of_a_line_through_all_its_points(data: st.DataObject) -> None:
    size = data.draw(_sizes)
    points = data.draw(_points(size))
    columns, lines = (np.array(part) for part in zip(*points, strict=True))
    curve = DotCurve(columns.astype(float), columns, lines)
    # The second time, plotext's figure is ready for this size.
    first, second = drawn(size, [curve]), drawn(size, [curve])
    whole = _drawn_whole(size, points)
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, whole)
