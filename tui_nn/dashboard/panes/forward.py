"""The pane of the forward pass: from X to the prediction, and the error."""

from collections.abc import Iterator

from textual.geometry import Size

from tui_nn.dashboard.panes.parts.aligned_passes import widths_depend_on
from tui_nn.dashboard.panes.parts.pass_pages import is_too_high, on_one_line, page_depends_on, shown, with_page
from tui_nn.dashboard.panes.parts.test_rows_below import most_test_rows, with_test_rows
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece, LaidOutMatrix, LaidOutSign, broken_into_rows
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _
from tui_nn.network import StepKind
from tui_nn.network.formulas.explain import ERROR
from tui_nn.network.formulas.expression import Difference, Expression, Symbol

_BESIDE_PREDICTION = 2
"""Y and the error, which stand beside Ŷ at the end."""
_HIGH = 10
"""A pane with so many lines has room for a few rows with a test row below them."""
_STEPS = frozenset({StepKind.Z, StepKind.A, StepKind.Y_HAT})


class ForwardPane(MatrixBoard):
    """X W⁽¹⁾ = Z⁽²⁾, f→ A⁽²⁾, A⁽²⁾ W⁽²⁾ = Z⁽³⁾, f→ Ŷ beside Y."""

    info = PaneInfo(
        name="forward",
        title=_("Forward"),
        hint=_("choose a cell with the arrows; Enter says where it comes from"),
        help=_("From X to the prediction: choose a cell, Enter explains."),
        area=Area.MIDDLE,
        place=10,
        tab=30,
    )

    def __init__(self) -> None:
        super().__init__()
        self._test_rows = 0
        """How many test rows the matrices have below them."""

    def matrices_in(self, view: View) -> frozenset[str]:
        computed = (equation.name for equation in view.equations if equation.step.kind in _STEPS)
        return frozenset({"X", "Y", ERROR, *view.state.document.network.shapes, *computed})

    def part_of(self, view: View) -> object:
        """The matrices of this pass, and what else moves them: both passes share their columns."""
        return super().part_of(view), widths_depend_on(view), page_depends_on(view)

    def name_in_frame(self, view: View, rows: str) -> None:  # noqa: ARG002
        """Shows in the frame, besides the name, which rows are in sight."""
        self.set_title(self.info.title, beside=rows)

    def laid_out(self, view: View, room: int) -> Layout:
        """The whole pass; of many rows, a page with the chosen one. As many test rows as fit stand below."""
        height, most = self.size.height, most_test_rows(view)
        if not self.is_surely_too_high:
            # Where not all training rows fit, one test row has to do.
            for self._test_rows in range(min(1, most) if view.moment.rows >= height else most, 0, -1):
                layout = self._with_page(view, room, below=1 + self._test_rows)
                if layout.size.height <= height:
                    return layout
        self._test_rows = 0
        has_test_row = bool(most) and height >= _HIGH
        if not has_test_row or not self.is_surely_too_high:
            without = self._with_page(view, room)
            if not has_test_row or without.size.height <= height:
                return without
        # The pane is scrolled in any case.
        self._test_rows = 1
        return self._with_page(view, room, below=2)

    def _with_page(self, view: View, room: int, below: int = 0) -> Layout:
        return with_page(
            view,
            self.size.height,
            lambda lines: self._laid_out(view, room, lines),
            below,
            is_scrolled=self.is_surely_too_high,
        )

    @property
    def is_surely_too_high(self) -> bool:
        """Whether one matrix of weights alone is higher than the pane."""
        view = self.view
        return view is not None and is_too_high(view, view.state.document.network.shapes, self.size.height)

    def matrix_of(self, view: View, expression: Expression, label: str) -> LaidOutMatrix:
        """The value of an expression, with the test rows below it."""
        return with_test_rows(view, super().matrix_of(view, expression, label), expression, self._test_rows)

    def _laid_out(self, view: View, room: int, lines: int) -> Layout:
        """All matrices on one line, in the columns of both passes; on several lines if the pane is too narrow.

        In a low pane, Y and the error are left out if they would begin another line.
        """
        if one_line := on_one_line(self, view, Size(room, self.size.height), lines, is_forward=True):
            return one_line
        rows = [shown(view, row, lines) for row in self.board_rows(view, room)]
        *others, last = rows
        short_rows = [*others, _without_lonely_end(last, room)]
        if self.is_surely_too_high:
            return self.first_that_fits(view, room, otherwise=short_rows)
        chain = shown(view, self._chain(view), lines)
        return self.first_that_fits(
            view, room, rows, [chain], short_rows, [_without_lonely_end(chain, room)], otherwise=short_rows
        )

    def lines_wanted(self, view: View, room: int, test_rows: int) -> int:
        """The least height at which all matrices are in sight in ``room`` columns, with so many test rows."""
        self._test_rows = test_rows
        chain = _without_lonely_end(self._chain(view), room)
        one_line = on_one_line(self, view, Size(room, 0), view.moment.rows, is_forward=True)
        layout = one_line or Layout([chain], room, unicode=view.notation.unicode)
        return layout.size.height

    def board_rows(self, view: View, room: int) -> Iterator[list[BoardPiece]]:  # noqa: ARG002
        """A row for each matrix of weights."""
        for layer in range(2, len(view.state.document.network.layers) + 1):
            before = [] if layer == 2 else [_activation_sign(view, layer - 1)]
            yield [*before, self.matrix(view, "X" if layer == 2 else f"A{layer - 1}"), *self._layer(view, layer)]

    def _chain(self, view: View) -> list[BoardPiece]:
        """All matrices one after the other, each once."""
        pieces: list[BoardPiece] = [self.matrix(view, "X")]
        last = len(view.state.document.network.layers)
        for layer in range(2, last + 1):
            pieces += self._layer(view, layer)
            if layer < last:
                pieces += [_activation_sign(view, layer), self.matrix(view, f"A{layer}")]
        return pieces

    def _layer(self, view: View, layer: int) -> Iterator[BoardPiece]:
        """What follows the inputs of a layer: · W = Z; of the last layer also Ŷ, Y and the error."""
        network, notation = view.state.document.network, view.notation
        last = len(network.layers)
        yield from (LaidOutSign(notation.product), self.matrix(view, f"W{layer - 1}"))
        if network.bias:
            yield from (LaidOutSign("+"), self.matrix(view, f"b{layer - 1}"))
        yield from (LaidOutSign(notation.equals), self.matrix(view, f"Z{layer}"))
        if layer == last:
            error = Difference(Symbol("Y"), Symbol("Y_hat"))
            yield from (_activation_sign(view, last), self.matrix(view, "Y_hat"), self.matrix(view, "Y"))
            yield self.matrix_of(view, error, f"Y {notation.minus} {notation.name('Y_hat')}")


def _without_lonely_end(pieces: list[BoardPiece], room: int) -> list[BoardPiece]:
    """The pieces, without Y and the error at their end if these would begin another row of matrices."""
    fewest = len(broken_into_rows(pieces[:-_BESIDE_PREDICTION], room))
    ends = (len(pieces) - left_out for left_out in range(_BESIDE_PREDICTION + 1))
    return next(pieces[:end] for end in ends if len(broken_into_rows(pieces[:end], room)) == fewest)


def _activation_sign(view: View, layer: int) -> LaidOutSign:
    """The sign of a layer's activation with an arrow, such as f→."""
    f = view.notation.functions[view.state.document.network.activation_of(layer).name]
    return LaidOutSign(f"{f}{view.notation.arrow}")
