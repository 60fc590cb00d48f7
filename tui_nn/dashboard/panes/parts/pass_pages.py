"""What both passes show if the data have more rows than the pane has lines: the page with the chosen row."""

from collections.abc import Callable, Iterable, Sequence

from textual.geometry import Size

from tui_nn.dashboard.panes.parts.aligned_passes import aligned
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece
from tui_nn.dashboard.widgets.matrices.row_window import windowed, windowed_matrix

_MOST_BANDS = 4
_LEAST_LINES = 3
_LABEL = 1


def page_depends_on(view: View) -> object:
    """The chosen row, unless there are so few rows that all of them are always in sight."""
    return view.row_in_pass if view.moment.rows > _LEAST_LINES else None


def is_too_high(view: View, matrices: Iterable[str], height: int) -> bool:
    """Whether one of ``matrices`` alone, below its label, needs more than ``height`` lines.

    They are those without a row for each row of the data: a page never cuts them.
    """
    return any(_LABEL + view.shapes[name][0] > height for name in matrices if name not in view.hidden.shapes)


def with_page(
    view: View, height: int, laid_out: Callable[[int], Layout], below: int = 0, *, is_scrolled: bool = False
) -> Layout:
    """The pass with all rows of the data; if the pane has no room for them, with as many as fit into all its bands.

    ``laid_out`` lays the pass out with at most so many lines for the rows. Each band has ``below`` lines below them.
    With ``is_scrolled``, the pass is too high with any number of rows.
    """
    rows = view.moment.rows
    if rows + below < height or rows <= _LEAST_LINES:
        return laid_out(rows)
    for bands in () if is_scrolled else range(1, _MOST_BANDS + 1):
        lines = height // bands - _LABEL - below
        if lines >= _LEAST_LINES and (layout := laid_out(lines)).size.height <= height:
            return layout
    # Two bands are in sight at a time.
    return laid_out(max(_LEAST_LINES, height // 2 - _LABEL - below))


def shown(view: View, pieces: Sequence[BoardPiece], lines: int) -> list[BoardPiece]:
    """The pieces, with at most so many lines for the rows of the data."""
    return windowed(pieces, lines, view.row_in_pass, has_dots=False)


def on_one_line(board: MatrixBoard, view: View, room: Size, lines: int, *, is_forward: bool) -> Layout | None:
    """A pass on one line, in the columns of both passes, with so many lines for the rows; None if that is too wide."""
    return aligned(
        view,
        lambda name: windowed_matrix(board.matrix(view, name), lines, view.row_in_pass, has_dots=False),
        room,
        is_forward=is_forward,
    )
