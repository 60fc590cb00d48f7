"""The ways to lay out a step: all of its matrices, within the columns that there are, the last in the fewest lines."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.dashboard.panes.parts.step_layouts import Formula, ways_to_lay_out
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrices.matrix_pieces import LaidOutMatrix, LaidOutSign, matrix_width
from tui_nn.writing.notation.number_format import Format

_FORMAT = Format(4, scientific=False, width=6)


def _matrix(rows: int, columns: int, number_format: Format = _FORMAT) -> LaidOutMatrix:
    return LaidOutMatrix("W", (rows, columns), np.full((rows, columns), 0.5), number_format)


def _formula(*matrices: LaidOutMatrix) -> Formula:
    first, *others = matrices
    return [first, *(piece for other in others for piece in (LaidOutSign("="), other))]


_matrices = st.builds(_matrix, st.integers(1, 4), st.integers(1, 3))
_formulas = st.lists(st.lists(_matrices, min_size=1, max_size=4).map(lambda them: _formula(*them)), max_size=8)


@given(_formulas, st.integers(30, 120))
def test_each_way_shows_every_matrix_once_within_the_columns_that_there_are(formulas: list[Formula], room: int) -> None:
    shapes = sorted(piece.shape for formula in formulas for piece in formula if isinstance(piece, LaidOutMatrix))
    for rows, spacing, margin, *_ in ways_to_lay_out(formulas, room, 2):
        pieces = [piece for row in rows for piece in row if isinstance(piece, LaidOutMatrix)]
        assert sorted(piece.shape for piece in pieces) == shapes
        assert Layout(rows, room, unicode=True, spacing=spacing, margin=margin).size.width <= room


@given(_formulas, st.integers(30, 120))
def test_each_way_needs_no_more_lines_than_the_one_before(formulas: list[Formula], room: int) -> None:
    heights = [
        Layout(rows, room, unicode=True, spacing=spacing, margin=margin).size.height
        for rows, spacing, margin, *_ in ways_to_lay_out(formulas, room, 2)
    ]
    assert heights == sorted(heights, reverse=True)


def test_the_last_way_keeps_no_room_for_signs_that_no_number_has() -> None:
    wide = _matrix(2, 3, Format(4, scientific=False, width=9))
    *_, last = ways_to_lay_out([[wide]], 30, 2)
    (piece,) = last.rows[0]
    assert isinstance(piece, LaidOutMatrix)
    assert matrix_width(piece) == len("[0.5000 0.5000 0.5000]")
    # With room for it on one line, a formula keeps its blanks to the last.
    *_, last = ways_to_lay_out([[wide]], 60, 2)
    assert last.rows == [[wide]]
