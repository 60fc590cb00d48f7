"""The rows of the data on the plane: a sign of its class or its number at the place of each."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tui_nn.dashboard.charts.plot import MARK, MarkedPoint, Plot
from tui_nn.dashboard.view_model.view import View
from tui_nn.network import Classification
from tui_nn.network.checks.plane import has_two_classes, threshold_of, unit_outputs
from tui_nn.network.model.array import Array
from tui_nn.session.plane_choice import CLASSES, OUTPUT, PlaneUnit
from tui_nn.writing.notation.class_text import class_sign

_MOST_POINTS = 400
_MOST_NUMBERED = 99
_SINGLE_DIGITS = 9
_CLASS_SIGNS, _ASCII_CLASS_SIGNS = ("○", MARK), ("o", "x")
_OTHER, _WRONG, _CHOSEN, _CHOSEN_WRONG = "label", "wrong", "cursor", "wrong-cursor"


class RowSigns(NamedTuple):
    """The sign and the style of each row: "" where the row has no sign of its own."""

    signs: list[str]
    styles: list[str]


def class_signs(*, unicode: bool) -> tuple[str, str]:
    """The signs of the lower and of the higher of two classes."""
    return _CLASS_SIGNS if unicode else _ASCII_CLASS_SIGNS


def row_signs(view: View, unit: PlaneUnit) -> RowSigns:
    """The sign of each row: of its class, or of its y if y has two values; else its number. Marks wrong predictions."""
    data = view.state.document.dataset
    y = data.y[:, unit.column - 1] if unit.matrix == OUTPUT else data.y[:, 0]
    styles = [_OTHER] * data.rows
    if data.classes and not data.classes.is_binary and unit.matrix != OUTPUT:
        signs = [class_sign(data.classes, number) for number in data.classes.truth.tolist()]
        if unit.matrix == CLASSES and view.iteration_numbers:
            predicted = data.classes.predicted(_predictions(view))
            is_wrong = Classification(data.classes, predicted, data.classes.truth).is_wrong.tolist()
            styles = [_WRONG if wrong else _OTHER for wrong in is_wrong]
    elif has_two_classes(y):
        low, high = class_signs(unicode=view.notation.unicode)
        signs = [high if value > threshold_of(y) else low for value in y.tolist()]
        if unit.matrix == OUTPUT and view.iteration_numbers:
            found = _predictions(view)[:, unit.column - 1]
            with np.errstate(invalid="ignore"):
                wrong = ((found >= threshold_of(y)) != (y > threshold_of(y))) & np.isfinite(found)
            styles = [_WRONG if is_wrong else _OTHER for is_wrong in wrong.tolist()]
    elif data.rows <= _MOST_NUMBERED:
        signs = [str(number) for number in range(1, data.rows + 1)]
    else:
        signs = [""] * data.rows
    styles[view.row - 1] = _CHOSEN_WRONG if styles[view.row - 1] == _WRONG else _CHOSEN
    return RowSigns(signs, styles)


def _predictions(view: View) -> Array:
    """The predictions for the rows that are drawn, in the units of y, shape (rows, outputs); nan for the others.

    The weights are those of the iteration shown, which may compute with other rows.
    """
    assert view.iteration_numbers  # noqa: S101 - the caller asks for it
    network, data = view.state.document.network, view.state.document.dataset
    drawn = [*range(min(data.rows, _MOST_POINTS)), view.row - 1]
    found = np.full((data.rows, data.outputs), np.nan)
    found[drawn] = unit_outputs(network, data, view.iteration_numbers.computed.parameters, OUTPUT, data.x[drawn])
    return found


def marks_of_rows(plot: Plot, signs: RowSigns, chosen: int, places: Array) -> list[MarkedPoint]:
    """The marks of the rows at ``places``, shape (rows, 2); the ``chosen`` row, from 1, is on top.

    Where a number of two digits would touch another mark, a point stands in its place.
    """
    others = [row for row in range(min(len(places), _MOST_POINTS)) if row != chosen - 1]
    # Rows with wrong predictions come later, so that those with right ones do not hide them.
    order = [*sorted(others, key=lambda row: signs.styles[row] == _WRONG), chosen - 1]
    cells = {row: plot.cell_of(*map(float, places[row])) for row in order}
    taken = set(cells.values())
    marks: list[MarkedPoint] = []
    for row in order:
        marks += _marks_of(cells[row], signs.signs[row], signs.styles[row], plot, taken)
    return marks


def _marks_of(
    cell: tuple[int, int], sign: str, style: str, plot: Plot, taken: set[tuple[int, int]]
) -> Iterator[MarkedPoint]:
    column, line = cell
    if len(sign) < 2:
        yield MarkedPoint(column, line, sign or MARK, style)
        return
    # A free cell on either side keeps 1 and 12 apart from 11 and 2.
    beside = {(column + 1, line), (column + 2, line)}
    if {*beside, (column - 1, line)} & taken or column + 1 >= plot.left + plot.width:
        yield MarkedPoint(column, line, MARK, style)
        return
    taken |= beside
    yield from (MarkedPoint(column + i, line, digit, style) for i, digit in enumerate(sign))
