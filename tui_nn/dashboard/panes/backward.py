"""The pane of the backward pass: from the error to the gradient."""

from collections.abc import Iterator

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrix_layout import Band, LaidOutSign, Piece
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
        """Every δ, and the gradient."""
        return frozenset(equation.name for equation in view.equations if equation.step.kind in _STEPS)

    def bands(self, view: View, room: int) -> Iterator[Band]:  # noqa: ARG002
        """One band a δ."""
        band: list[Piece] = []
        for equation in view.equations:
            if equation.step.kind is StepKind.DELTA and band:
                yield band
                band = []
            if equation.step.kind in _STEPS:
                band += [LaidOutSign(" ")] if band else []
                band.append(self.matrix(view, equation.name, view.notation.formula(equation)))
        yield band
