"""The rows kept back for a test, below a rule in the forward pass."""

from dataclasses import replace

import numpy as np

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.matrix_pieces import QUESTION_MARK, LaidOutMatrix
from tui_nn.language import _
from tui_nn.network.formulas.expression import Expression, symbols
from tui_nn.network.formulas.steps import StepKind
from tui_nn.writing.notation.number_format import Format

_MOST = 3
"""So many test rows are enough to see what becomes of a row that is not trained on."""


def most_test_rows(view: View) -> int:
    """How many test rows the forward pass shows if it has room for them."""
    return min(_MOST, len(view.state.document.dataset.test_rows))


def with_test_rows(view: View, matrix: LaidOutMatrix, expression: Expression, count: int) -> LaidOutMatrix:
    """The matrix with ``count`` test rows below it, if the forward pass has a row of it for each row of the data."""
    numbers = view.iteration_numbers
    is_of_backward_pass = any(name.startswith(StepKind.DELTA) for name in symbols(expression))
    if not count or numbers is None or matrix.data_axis != 0 or matrix.has_unknown_shape or is_of_backward_pass:
        return matrix
    test = view.state.document.dataset.test
    if matrix.values is None or matrix.hidden_cells or matrix.cells_without_sign:
        sign = ("·" if view.notation.unicode else ".") if matrix.values is None else QUESTION_MARK
        rows: tuple[tuple[str, ...], ...] = ((sign,) * matrix.shape[1],) * count
    else:
        values = numbers.of_test_rows(test, expression)[:count]
        rows = tuple(tuple(_text(float(value), matrix.number_format) for value in row) for row in values)
    which = ", ".join(str(number + 1) for number in test.numbers[:count].tolist())
    more = "" if count == test.rows else ", …" if view.notation.unicode else ", ..."
    return replace(matrix, test_rows=rows, test_label=_("test {rows}", rows=which + more))


def _text(value: float, number_format: Format) -> str:
    """The number as those above it, with fewer decimals where it would be wider."""
    text = number_format(value)
    decimals = number_format.decimals
    while len(text) > number_format.width and decimals and not number_format.scientific and np.isfinite(value):
        decimals -= 1
        text = replace(number_format, decimals=decimals)(value)
    return text
