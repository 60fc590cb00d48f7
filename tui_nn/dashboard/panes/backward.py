"""The pane of the backward pass: from the error to the gradient."""

from collections.abc import Iterator

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrix_layout import BoardPiece, BoardRow, LaidOutSign
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.network import StepKind

_STEPS = frozenset({StepKind.DELTA, StepKind.DJDW, StepKind.DJDB})


class BackwardPane(MatrixBoard):
    """δ⁽³⁾ and ∂J/∂W⁽²⁾, δ⁽²⁾ and ∂J/∂W⁽¹⁾, each below its formula."""

    info = PaneInfo(
        name="backward",
        title="Backward",
        hint="choose a cell with the arrows; Enter says where it comes from",
        help="From the error to each weight's slope, cell by cell.",
        column=Column.RIGHT,
        row=30,
        tab=50,
        explains=True,
    )

    def matrices_in(self, view: View) -> frozenset[str]:
        return frozenset(equation.name for equation in view.equations if equation.step.kind in _STEPS)

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
