"""The pane of the backward pass: from the error to the gradient."""

from collections.abc import Iterator

from textual.geometry import Size

from tui_nn.dashboard.panes.parts.aligned_passes import widths_depend_on
from tui_nn.dashboard.panes.parts.pass_pages import is_too_high, on_one_line, page_depends_on, shown, with_page
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece, LaidOutSign
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _
from tui_nn.network import StepKind

_STEPS = frozenset({StepKind.DELTA, StepKind.DJDW, StepKind.DJDB})


class BackwardPane(MatrixBoard):
    """δ⁽³⁾ and ∂J/∂W⁽²⁾, δ⁽²⁾ and ∂J/∂W⁽¹⁾, each below its formula."""

    info = PaneInfo(
        name="backward",
        title=_("Backward"),
        hint=_("choose a cell with the arrows; Enter says where it comes from"),
        help=_("From the error to each weight's slope, cell by cell."),
        area=Area.MIDDLE,
        place=20,
        tab=40,
    )

    def matrices_in(self, view: View) -> frozenset[str]:
        return frozenset(equation.name for equation in view.equations if equation.step.kind in _STEPS)

    def part_of(self, view: View) -> object:
        """The matrices of this pass, and what else moves them: both passes share their columns."""
        return super().part_of(view), widths_depend_on(view), page_depends_on(view)

    def name_in_frame(self, view: View, rows: str) -> None:  # noqa: ARG002
        """Shows in the frame, besides the name, which rows are in sight."""
        self.set_title(self.info.title, beside=rows)

    def laid_out(self, view: View, room: int) -> Layout:
        """The whole pass; of many rows, a page with the chosen one."""
        return with_page(
            view,
            self.size.height,
            lambda lines: self._laid_out(view, room, lines),
            is_scrolled=self.is_surely_too_high,
        )

    @property
    def is_surely_too_high(self) -> bool:
        """Whether one ∂J/∂W or ∂J/∂b alone needs more lines than the pane has."""
        if not self.view:
            return False
        slopes = (f"dJd{name}" for name in self.view.state.document.network.shapes)
        return is_too_high(self.view, slopes, self.size.height)

    def _laid_out(self, view: View, room: int, lines: int) -> Layout:
        """All matrices on one line, in the columns of both passes; on several lines if the pane is too narrow."""
        if one_line := on_one_line(self, view, Size(room, self.size.height), lines, is_forward=False):
            return one_line
        rows = [shown(view, row, lines) for row in self.board_rows(view, room)]
        if self.is_surely_too_high:
            return self.first_that_fits(view, room, otherwise=rows)
        chains = ([shown(view, self._chain(view, has_formulas=written), lines)] for written in (True, False))
        return self.first_that_fits(view, room, rows, *chains, otherwise=rows)

    def lines_wanted(self, view: View, room: int) -> int:
        """The least height at which all matrices, each below its formula, are in sight in ``room`` columns."""
        chain = self._chain(view, has_formulas=True)
        one_line = on_one_line(self, view, Size(room, 0), view.moment.rows, is_forward=False)
        layout = one_line or Layout([chain], room, unicode=view.notation.unicode)
        return layout.size.height

    def _chain(self, view: View, *, has_formulas: bool) -> list[BoardPiece]:
        """All matrices side by side."""
        return [piece for row in self._rows(view, has_formulas=has_formulas) for piece in row][1:]

    def board_rows(self, view: View, room: int) -> Iterator[list[BoardPiece]]:  # noqa: ARG002
        """A row for each δ: δ and the slopes computed from it."""
        yield from (row[1:] for row in self._rows(view, has_formulas=True))

    def _rows(self, view: View, *, has_formulas: bool) -> Iterator[list[BoardPiece]]:
        """A row for each δ: δ and the slopes computed from it, with a blank before each matrix.

        ``has_formulas`` puts formulas above the matrices, instead of names.
        """
        row: list[BoardPiece] = []
        for equation in view.equations:
            if equation.step.kind is StepKind.DELTA and row:
                yield row
                row = []
            if equation.step.kind in _STEPS:
                label = view.notation.formula(equation) if has_formulas else ""
                row += [LaidOutSign(" "), self.matrix(view, equation.name, label)]
        yield row
