"""The small chart of f and f′ in the explanation: its curves, its tangent and its marks are where the numbers are."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual.geometry import Size

from tests.dashboard.explaining import explain
from tests.dashboard.stage import opened
from tui_nn.dashboard.charts.dots import Layer
from tui_nn.dashboard.charts.plot import Plot
from tui_nn.dashboard.panes.parts.activation_chart import activation_chart, slope_plot, value_plot
from tui_nn.dashboard.widgets.braille import ACROSS, BITS, DOWN
from tui_nn.dashboard.widgets.canvas import size_of_lines
from tui_nn.network import HIDDEN_ACTIVATIONS, Network
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.session.events import QuestionAsked, Selected
from tui_nn.writing.notation.signs import UNICODE

_names = st.sampled_from(tuple(HIDDEN_ACTIVATIONS))
_sizes = st.builds(Size, st.integers(20, 60), st.integers(5, 12))
_zs = st.lists(st.floats(-9, 9) | st.floats(-1e99, 1e99), min_size=1, max_size=6).map(np.array)
_HALF = 0.5 + 1e-6


def _network(name: str) -> Network:
    return Network((1, 1, 1), name, name)


def _dots(layer: Layer) -> set[tuple[int, int]]:
    """The dots of a curve: columns, and lines from the top."""
    return {
        (ACROSS * x + i, DOWN * y + j)
        for y, x in np.argwhere(layer.bits).tolist()
        for j in range(DOWN)
        for i in range(ACROSS)
        if layer.bits[y, x] & BITS[j][i]
    }


def _exact(plot: Plot, x: float, y: float) -> tuple[float, float]:
    """Where a point lies, in dots."""
    last_column, last_line = ACROSS * plot.width - 1, DOWN * plot.height - 1
    return plot.axes.x.fraction(x) * last_column, (1 - plot.axes.y.fraction(y)) * last_line


@settings(deadline=None)
@given(_names, _zs, _sizes, st.booleans())
def test_in_each_column_a_dot_is_within_half_a_dot_of_the_curve(name: str, z: Array, size: Size, prime: bool) -> None:
    f = HIDDEN_ACTIVATIONS[name]
    plot = slope_plot(f, z[0], z[1:], size, "′") if prime else value_plot(f, z[0], z[1:], size)
    drawn = _dots(plot.layers[-1])
    for column in range(ACROSS * plot.width):
        x = plot.axes.x.value_at(column / (ACROSS * plot.width - 1))
        height = (f.derivative if prime else f.value)(np.array([x]))
        _, exact = _exact(plot, x, float(height[0]))
        assert any(abs(line - exact) <= _HALF for at, line in drawn if at == column)


@settings(deadline=None)
@given(_names, _zs, _sizes)
@example("sigmoid", np.array([np.nextafter(5e24, 0)]), Size(20, 5))
def test_the_tangent_is_within_half_a_dot_of_its_line(name: str, z: Array, size: Size) -> None:
    f, here = HIDDEN_ACTIVATIONS[name], float(z[0])
    plot = value_plot(f, here, z[1:], size)
    value, slope = (float(one[0]) for one in f.both(np.array([here])))
    tangent, _ = plot.layers
    for column, line in _dots(tangent):
        x = plot.axes.x.value_at(column / (ACROSS * plot.width - 1))
        steep = abs(slope) * (plot.axes.x.high - plot.axes.x.low) / (plot.axes.y.high - plot.axes.y.low)
        in_dots = steep * (DOWN * plot.height - 1) / (ACROSS * plot.width - 1)
        # A steep line also passes through dots above and below the middle of its column.
        assert abs(line - _exact(plot, x, value + slope * (x - here))[1]) <= _HALF + in_dots / 2


@settings(deadline=None)
@given(_names, _zs, _sizes)
def test_the_square_is_at_z_and_the_lines_fit(name: str, z: Array, size: Size) -> None:
    room = Size(size.width, size.height + 1)
    lines = activation_chart(name, Cell("Z2", 1, 1), z, room, UNICODE.for_network(_network(name)))
    drawn = size_of_lines(lines)
    assert drawn.width <= room.width
    assert drawn.height <= room.height
    if not lines:
        assert size.width < len("■ row 1: leaky relu′(z) = 0.01234")
        return
    half = Size((size.width - 2) // 2, size.height)
    plot = value_plot(HIDDEN_ACTIVATIONS[name], float(z[0]), z[1:], half if half.width >= 20 else size)
    column, line = plot.cell_of(float(z[0]), float(HIDDEN_ACTIVATIONS[name].value(z[:1])[0]))
    assert "".join(text for text, _ in lines[1 + line])[column] in "▀▄"


def test_no_chart_without_room_or_of_numbers_too_large() -> None:
    notation = UNICODE.for_network(_network("tanh"))
    for z, size in ((1.0, Size(19, 9)), (1.0, Size(40, 5)), (1e200, Size(40, 9)), (float("nan"), Size(40, 9))):
        assert activation_chart("tanh", Cell("Z2", 1, 1), np.array([z, 0.0]), size, notation) == []


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_explanation_of_an_output_has_the_chart_until_it_is_asked_for(size: tuple[int, int]) -> None:
    async with opened(size=size, trained=False) as stage:
        await explain(stage, "1 A2", Selected("A2", 2, 1))
        assert "■ row 2: f′(z) = 0.2473" in stage.pane("explain")
        assert any(sign in stage.pane("explain") for sign in "⠒⠤⣀")
        stage.app.dispatch(QuestionAsked("cell", "A2", 3, 1))
        await stage.settle()
        assert "■ row" not in stage.pane("explain")
