"""The rows of the data that matrices show if there are more than fit: a page of them, with the chosen row in it."""

from collections.abc import Sequence
from dataclasses import replace

from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece, LaidOutMatrix
from tui_nn.language import _
from tui_nn.writing.notation.number_format import group_digits

_LEAST_WITH_DOTS = 3
"""The lines of dots, one row, dots."""


def rows_in_window(rows: int, lines: int, row: int, *, has_dots: bool = True) -> tuple[int, ...]:
    """What stands on each of so many lines of a matrix with ``rows`` rows: a row's number, or 0 for dots.

    The rows are in pages, and the page with ``row`` is shown. So the rows stand still while the user goes from row to
    row on a page. Dots never stand for a single row; less than three lines have none. Returns () if all rows fit.
    """
    if rows <= lines:
        return ()
    if not has_dots or lines < _LEAST_WITH_DOTS:
        first = min(row - (row - 1) % lines, rows - lines + 1)
        return tuple(range(first, first + lines))
    if row < lines:
        return *range(1, lines), 0
    page = lines - 2
    first = row - (row - lines) % page
    if first + page >= rows:
        return 0, *range(rows - lines + 2, rows + 1)
    return 0, *range(first, first + page), 0


def windowed(pieces: Sequence[BoardPiece], lines: int, row: int, *, has_dots: bool = True) -> list[BoardPiece]:
    """The pieces, each matrix with at most ``lines`` of its rows of the data (or columns, if it is transposed).

    The chosen row is marked in each of them, unless a transposed one has it as a column.
    """
    is_marked = not any(isinstance(piece, LaidOutMatrix) and piece.data_axis == 1 for piece in pieces)
    return [
        windowed_matrix(piece, lines, row, has_dots=has_dots, is_marked=is_marked)
        if isinstance(piece, LaidOutMatrix)
        else piece
        for piece in pieces
    ]


def windowed_matrix(
    matrix: LaidOutMatrix, lines: int, row: int, *, has_dots: bool = True, is_marked: bool = False
) -> LaidOutMatrix:
    """The matrix with at most ``lines`` of its rows of the data."""
    if matrix.data_axis is None or matrix.shape[matrix.data_axis] <= lines:
        return matrix
    window = rows_in_window(matrix.shape[matrix.data_axis], lines, row, has_dots=has_dots)
    return replace(matrix, window=window, marked_row=row if is_marked else 0)


def rows_in_sight(window: Sequence[int], rows: int) -> str:
    """Which rows of how many a window shows, such as "rows 1–6 of 150"; "" without a window."""
    shown = [group_digits(number) for number in window if number]
    if not shown:
        return ""
    if len(shown) == 1:
        return _("row {row} of {rows}", row=shown[0], rows=group_digits(rows))
    return _("rows {first}–{last} of {rows}", first=shown[0], last=shown[-1], rows=group_digits(rows))
