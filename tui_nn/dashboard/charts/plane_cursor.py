"""The cursor on the plane: what the keys and the mouse do there."""

import math

import numpy as np

from tui_nn.dashboard.charts.commands import has_more_inputs
from tui_nn.dashboard.charts.plot import Plot
from tui_nn.dashboard.view_model.view import View
from tui_nn.network import Dataset
from tui_nn.network.checks.plane import rows_on_plane
from tui_nn.session.events import Event, NewRowAdded, PlaneCursorMoved, PlaneInputsChosen, PlaneUnitChosen
from tui_nn.session.plane_choice import PlaneChoice, next_inputs, next_unit

_DIGITS_OF_A_MEAN = 4


def row_at(data: Dataset, choice: PlaneChoice, place: tuple[float, float]) -> tuple[float, ...]:
    """The row x at a place of the plane, its other inputs at their means, written with four digits."""
    row = rows_on_plane(data, (choice.across, choice.up), np.array([place]))[0].tolist()
    on_axes = (choice.across - 1, choice.up - 1)
    return tuple(value if i in on_axes else float(f"{value:.{_DIGITS_OF_A_MEAN}g}") for i, value in enumerate(row))


def cursor_events(view: View, plot: Plot, key: str) -> tuple[Event, ...]:
    """What happens at a key; () for a key that does nothing on the plane."""
    document = view.state.document
    inputs = document.dataset.given_inputs
    choice = view.state.plane.fitted(document)
    match key:
        case "full_stop" | "comma":
            unit = next_unit(choice, document, 1 if key == "full_stop" else -1)
            return (PlaneUnitChosen(*unit),) if unit != choice.unit else ()
        case "a" | "A" if has_more_inputs(view):
            return (PlaneInputsChosen(*next_inputs(choice, inputs, is_across=key == "a")),)
        case "left" | "right" | "up" | "down" if inputs > 1:
            return (PlaneCursorMoved(*_moved(view, plot, choice, key)),)
        case "enter" if choice.cursor and inputs > 1:
            return (NewRowAdded(row_at(document.dataset, choice, choice.cursor)),)
    return ()


def click_events(view: View, plot: Plot, column: int, line: int) -> tuple[Event, ...]:
    """A new row at a column and a line of the plane; () outside the axes."""
    data = view.state.document.dataset
    inside = 0 <= column - plot.left < plot.width and 0 <= line - plot.top < plot.height
    if data.given_inputs < 2 or not inside:
        return ()
    choice = view.state.plane.fitted(view.state.document)
    return (NewRowAdded(row_at(data, choice, _place_at(plot, column, line))),)


def _moved(view: View, plot: Plot, choice: PlaneChoice, key: str) -> tuple[float, float]:
    """Where the cursor goes: a cell further; at first, to the row that is chosen."""
    if choice.cursor is None:
        chosen = view.state.document.dataset.x[view.row - 1]
        return float(chosen[choice.across - 1]), float(chosen[choice.up - 1])
    column, line = plot.cell_of(*_within(plot, choice.cursor))
    column += {"left": -1, "right": 1}.get(key, 0)
    line += {"up": -1, "down": 1}.get(key, 0)
    return _place_at(plot, column, line)


def _within(plot: Plot, place: tuple[float, float]) -> tuple[float, float]:
    (x, y), axes = place, plot.axes
    return min(max(axes.x.low, x), axes.x.high), min(max(axes.y.low, y), axes.y.high)


def _place_at(plot: Plot, column: int, line: int) -> tuple[float, float]:
    """The place of a cell, with no more digits than its size tells."""
    axes = plot.axes
    return (
        _rounded(plot.x_at(column), (axes.x.high - axes.x.low) / max(1, plot.width - 1)),
        _rounded(plot.y_at(line), (axes.y.high - axes.y.low) / max(1, plot.height - 1)),
    )


def _rounded(value: float, step: float) -> float:
    if not (math.isfinite(step) and step > 0):
        return value
    return round(value, 1 - math.floor(math.log10(step)))
