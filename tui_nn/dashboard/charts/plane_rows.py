"""The rows of the data on the plane: a sign of its class or its number at the place of each."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tui_nn.dashboard.charts.plot import MARK, MarkedPoint, Plot
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network import Classification
from tui_nn.network.checks.plane import has_two_classes, threshold_of, unit_outputs
from tui_nn.network.model.array import Array
from tui_nn.session.plane_choice import CLASSES, OUTPUT, PlaneUnit
from tui_nn.writing.notation.class_text import class_sign

_MOST_POINTS = 400
_MOST_NUMBERED = 99
_SINGLE_DIGITS = 9
_CLASS_SIGNS, _ASCII_CLASS_SIGNS = ("○", MARK), ("o", "x")
_SMALL_CLASS_SIGNS, _SMALL_ASCII_CLASS_SIGNS = ("◦", "•"), (".", "+")
_TEST_MARK = "t"
_OTHER, _WRONG, _CHOSEN, _CHOSEN_WRONG = "label", "wrong", "cursor", "wrong-cursor"


class RowSigns(NamedTuple):
    """The sign and the style of each row: "" where the row has no sign of its own."""

    signs: list[str]
    styles: list[str]


def class_signs(*, unicode: bool, is_test: bool = False) -> tuple[str, str]:
    """The signs of the lower and of the higher of two classes; those of test rows are smaller."""
    if is_test:
        return _SMALL_CLASS_SIGNS if unicode else _SMALL_ASCII_CLASS_SIGNS
    return _CLASS_SIGNS if unicode else _ASCII_CLASS_SIGNS


def sentence_on_test_rows(view: View, unit: PlaneUnit) -> str:
    """How test rows are told from training rows; "" without test rows."""
    data = view.state.document.dataset
    if not data.test_rows:
        return ""
    y = data.y[:, unit.column - 1] if unit.matrix == OUTPUT else data.y[:, 0]
    has_letters = data.classes and not data.classes.is_binary and unit.matrix != OUTPUT
    if has_letters or has_two_classes(y):
        # For translators: on the plane, the signs of test rows are small.
        return _("small: test")
    return _("{mark}: test", mark=_TEST_MARK)


def row_signs(view: View, unit: PlaneUnit) -> RowSigns:
    """The sign of each row: of its class, or of its y if y has two values; else its number. Marks wrong predictions.

    Test rows have smaller signs, or a t before the number.
    """
    data = view.state.document.dataset
    is_test = np.isin(np.arange(1, data.rows + 1), data.test_rows).tolist()
    y = data.y[:, unit.column - 1] if unit.matrix == OUTPUT else data.y[:, 0]
    styles = [_OTHER] * data.rows
    if data.classes and not data.classes.is_binary and unit.matrix != OUTPUT:
        letters = [class_sign(data.classes, number) for number in data.classes.truth.tolist()]
        signs = [sign.lower() if small else sign for sign, small in zip(letters, is_test, strict=True)]
        if unit.matrix == CLASSES and view.iteration_numbers:
            predicted = data.classes.predicted(_predictions(view))
            is_wrong = Classification(data.classes, predicted, data.classes.truth).is_wrong.tolist()
            styles = [_WRONG if wrong else _OTHER for wrong in is_wrong]
    elif has_two_classes(y):
        large, small = (class_signs(unicode=view.notation.unicode, is_test=of_test) for of_test in (False, True))
        is_high = (y > threshold_of(y)).tolist()
        signs = [(small if kept else large)[high] for kept, high in zip(is_test, is_high, strict=True)]
        if unit.matrix == OUTPUT and view.iteration_numbers:
            found = _predictions(view)[:, unit.column - 1]
            with np.errstate(invalid="ignore"):
                wrong = ((found >= threshold_of(y)) != (y > threshold_of(y))) & np.isfinite(found)
            styles = [_WRONG if is_wrong else _OTHER for is_wrong in wrong.tolist()]
    elif data.rows <= _MOST_NUMBERED:
        signs = [f"{_TEST_MARK * kept}{number}" for number, kept in enumerate(is_test, start=1)]
    else:
        signs = [_TEST_MARK * kept for kept in is_test]
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

    Where a number of two digits would touch another mark, a point stands in its place, or the t of a test row.
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
    beside = {(column + i, line) for i in range(1, len(sign) + 1)}
    if {*beside, (column - 1, line)} & taken or column + len(sign) > plot.left + plot.width:
        yield MarkedPoint(column, line, sign[0] if sign[0] == _TEST_MARK else MARK, style)
        return
    taken |= beside
    yield from (MarkedPoint(column + i, line, letter, style) for i, letter in enumerate(sign))
