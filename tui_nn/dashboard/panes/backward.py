"""The pane of the backward pass: from the error to the gradient."""

from collections.abc import Iterator

from tui_nn.dashboard.panes.parts.aligned_passes import aligned, widths_depend_on
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrix_pieces import BoardPiece, BoardRow, LaidOutSign
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.network import StepKind

_STEPS = frozenset({StepKind.DELTA, StepKind.DJDW, StepKind.DJDB})


class BackwardPane(MatrixBoard):
    """δ⁽³⁾ and ∂J/∂W⁽²⁾, δ⁽²⁾ and ∂J/∂W⁽¹⁾, each below its formula."""

    info = PaneInfo(
        name="backward",
        title="Backward",
        hint="choose a cell with the arrows; Enter says where it comes from",
        help="From the error to each weight's slope, cell by cell.",
        area=Area.MIDDLE,
        place=20,
        tab=40,
    )

    def matrices_in(self, view: View) -> frozenset[str]:
        return frozenset(equation.name for equation in view.equations if equation.step.kind in _STEPS)

    def part_of(self, view: View) -> object:
        """The matrices of this pass, and what moves them because it moves those of the other pass."""
        return super().part_of(view), widths_depend_on(view)

    def laid_out(self, view: View, room: int) -> Layout:
        """All matrices on one line, in the columns of both passes; below each other where there is no room for that."""
        one_line = aligned(view, lambda name: self.matrix(view, name), room, is_forward=False)
        return one_line or super().laid_out(view, room)

    def board_rows(self, view: View, room: int) -> Iterator[BoardRow]:  # noqa: ARG002
        """A row for each δ, with the slopes that it gives."""
        board_row: list[BoardPiece] = []
        for equation in view.equations:
            if equation.step.kind is StepKind.DELTA and board_row:
                yield board_row
                board_row = []
            if equation.step.kind in _STEPS:
                board_row += [LaidOutSign(" ")] if board_row else []
                board_row.append(self.matrix(view, equation.name, view.notation.formula(equation)))
        yield board_row
