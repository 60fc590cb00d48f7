"""What both passes share: of more rows of data than the pane has lines, they show the page with the chosen one."""

from collections.abc import Sequence

from textual.geometry import Size

from tui_nn.dashboard.panes.parts.aligned_passes import aligned, widths_depend_on
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece
from tui_nn.dashboard.widgets.matrices.row_window import windowed, windowed_matrix

_MOST_BANDS = 4
_LEAST_LINES = 3
_LABEL = 1


class PassBoard(MatrixBoard):
    """A pass, which is many matrices beside each other, in one or several bands."""

    is_forward: bool

    def pass_laid_out(self, view: View, room: int, lines: int) -> Layout:
        """The pass with at most so many lines for the rows of the data."""
        raise NotImplementedError

    def part_of(self, view: View) -> object:
        """The matrices, what else moves them (both passes share their columns), and the row if not all are in sight."""
        row = view.row if view.state.document.dataset.rows > _LEAST_LINES else None
        return super().part_of(view), widths_depend_on(view), row

    def laid_out(self, view: View, room: int) -> Layout:
        """All rows of the data; if they are more than the pane has lines, as many as fit into the pane in each band."""
        rows, height = view.state.document.dataset.rows, self.size.height
        if rows < height or rows <= _LEAST_LINES:
            return self.pass_laid_out(view, room, rows)
        for bands in range(1, _MOST_BANDS + 1):
            lines = height // bands - _LABEL
            if lines >= _LEAST_LINES:
                layout = self.pass_laid_out(view, room, lines)
                if layout.size.height <= height:
                    return layout
        # Two bands are in sight at a time.
        return self.pass_laid_out(view, room, max(_LEAST_LINES, height // 2 - _LABEL))

    def on_one_line(self, view: View, room: int, lines: int, height: int = 0) -> Layout | None:
        """All matrices on one line, in the columns of both passes; None if the pane is too narrow."""
        return aligned(
            view,
            lambda name: windowed_matrix(self.matrix(view, name), lines, view.row, has_dots=False),
            Size(room, height),
            is_forward=self.is_forward,
        )

    @staticmethod
    def shown(view: View, pieces: Sequence[BoardPiece], lines: int) -> list[BoardPiece]:
        """The pieces, with at most so many lines for the rows of the data."""
        return windowed(pieces, lines, view.row, has_dots=False)
