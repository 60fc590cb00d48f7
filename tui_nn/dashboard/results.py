"""The predictions beside the truth, in the units of the data."""

import math

import numpy as np
from rich.cells import set_cell_size
from textual.geometry import Size
from textual.reactive import reactive

from tui_nn.dashboard.canvas import Canvas, Line
from tui_nn.dashboard.view import View
from tui_nn.network import predict
from tui_nn.network.array import Array
from tui_nn.writing.figures import Format

_DIGITS = 7
_LARGE = 1e5
_WIDTHS = (7, 9, 9, 10)
_WIDTH = sum(_WIDTHS) + len(_WIDTHS) - 1


class Results(Canvas, can_focus=True):
    """y, ŷ of the iteration before its update, their difference, and ŷ after the update, row by row."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.border_title = "Results, in the data's units"
        self._columns: tuple[Array | None, ...] = ()
        self._format = Format(0, False, 0)

    def watch_view(self, view: View | None) -> None:
        """Shows the new view; what is not reached yet in this iteration as dots."""
        if view:
            data = view.state.document.dataset
            Y_hat = Y_hat_after = None
            if view.figures and "Y_hat" in view.known:
                Y_hat = data.in_units(view.figures.computed["Y_hat"])
            if view.figures and view.equations[-1].name in view.known:
                after = predict(view.state.document.network, data.X, view.figures.computed.next_parameters)
                Y_hat_after = data.in_units(after)
            self._columns = (data.y, Y_hat, None if Y_hat is None else data.y - Y_hat, Y_hat_after)
            self._format = _format(data.y, view.notation.minus)
        self.repaint()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """Two lines of heading and one for each row of the data, for each output."""
        if not self.view:
            return Size(0, 0)
        data = self.view.state.document.dataset
        return Size(_WIDTH, data.outputs * (data.rows + 2))

    def line(self, y: int) -> Line:
        """One row of one output."""
        view = self.view
        if not view:
            return []
        data = view.state.document.dataset
        output, row = divmod(y, data.rows + 2)
        if row == 0:
            return [(set_cell_size(data.y_names[output], _WIDTH), "title")]
        if row == 1:
            Y_hat = view.notation.name("Y_hat")
            heads = ("y", Y_hat, f"y {view.notation.minus} {Y_hat}", f"updated {Y_hat}")
            return [(" ".join(head.rjust(width) for head, width in zip(heads, _WIDTHS, strict=True)), "faint")]
        line: Line = []
        for i, (column, width) in enumerate(zip(self._columns, _WIDTHS, strict=True)):
            if column is None:
                line.append((view.notation.between.rjust(width), "pending"))
            elif i == 0:
                line.append((f"{column[row - 2, output]:.6g}".replace("-", view.notation.minus).rjust(width), ""))
            else:
                value = float(column[row - 2, output])
                chosen = (
                    self._format if abs(value) < _LARGE else _format(column[row - 2 : row - 1], view.notation.minus)
                )
                line.append((chosen(value).rjust(width), ""))
            line.append((" ", ""))
        return line


def _format(y: Array, minus: str) -> Format:
    """Seven significant digits for the largest of ``y``, or a few in scientific notation where it is very large."""
    largest = float(np.abs(y).max())
    if not math.isfinite(largest):
        return Format(0, False, 0, minus)
    exponent = math.floor(math.log10(largest)) if largest else 0
    decimals = _DIGITS - 1 - exponent
    if 2 <= decimals <= _DIGITS:
        return Format(decimals, False, 0, minus)
    return Format(2, True, 0, minus)
