"""The predictions beside the truth, in the units of the data."""

import math

import numpy as np
from textual.geometry import Size
from textual.reactive import reactive

from tui_nn.dashboard.panes.canvas import Canvas, Line
from tui_nn.dashboard.view import View
from tui_nn.network import predict
from tui_nn.network.array import Array
from tui_nn.writing.figures import Format, shortest

_DIGITS = 7
_LARGE = 1e7
_LEAST_WIDTH = 7


class Results(Canvas, can_focus=True):
    """y, ŷ of the iteration before its update, their difference, and ŷ after the update, row by row."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.entitle("Results, in the data's units")
        self._outputs: list[list[_Column]] = []

    def watch_view(self, view: View | None) -> None:
        """Shows the new view; what is not reached yet in this iteration as dots."""
        if view:
            data = view.state.document.dataset
            Y_hat = Y_hat_after = None
            if view.figures and "Y_hat" in view.told:
                Y_hat = data.in_units(view.figures.computed["Y_hat"])
            if view.figures and view.equations[-1].name in view.known:
                after = predict(view.state.document.network, data.X, view.figures.computed.next_parameters)
                Y_hat_after = data.in_units(after)
            name, minus = view.notation.name("Y_hat"), view.notation.minus
            error = None if Y_hat is None else data.y - Y_hat
            # Where the name is longer, the word before it is shorter.
            updated = "updated" if view.notation.unicode else "new"
            columns = ((f"y {minus} {name}", error), (f"{updated} {name}", Y_hat_after))
            self._outputs = [
                [
                    _Column("y", data.y[:, output], minus, typed=True),
                    *(
                        _Column(head, None if values is None else values[:, output], minus, scale=data.y[:, output])
                        for head, values in ((name, Y_hat), *columns)
                    ),
                ]
                for output in range(data.outputs)
            ]
        self.repaint()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """Two lines of heading and one for each row of the data, for each output."""
        if not self.view:
            return Size(0, 0)
        data = self.view.state.document.dataset
        width = max(sum(column.width + 1 for column in output) for output in self._outputs)
        return Size(width - 1, data.outputs * (data.rows + 2))

    def line(self, y: int) -> Line:
        """One row of one output."""
        view = self.view
        if not view:
            return []
        data = view.state.document.dataset
        output, row = divmod(y, data.rows + 2)
        columns = self._outputs[output]
        if row == 0:
            return [(data.y_names[output], "title")]
        if row == 1:
            return [(" ".join(column.head.rjust(column.width) for column in columns), "faint")]
        line: Line = []
        for column in columns:
            text = column.cell(row - 2)
            # As in the matrices.
            dot = "·" if view.notation.unicode else "."
            shown = dot if text is None else text
            line.append((shown.rjust(column.width) + " ", "pending" if text is None else ""))
        return line


class _Column:
    """One column of the results: as typed in, or with seven significant digits of what stands in the data."""

    def __init__(
        self, head: str, values: Array | None, minus: str, *, typed: bool = False, scale: Array | None = None
    ) -> None:
        self.head = head
        self._values = values
        self._minus = minus
        self._typed = typed
        self._decimals = _decimals(scale) if scale is not None else 0
        longest = 0
        if values is not None:
            extremes = (values.max(), values.min(), *values[:200])
            longest = max(len(self._written(float(value))) for value in extremes)
        self.width = max(_LEAST_WIDTH, len(head), longest, 0 if typed else self._decimals + 4)

    def cell(self, row: int) -> str | None:
        """The cell in ``row``; None where it is not reached yet."""
        return None if self._values is None else self._written(float(self._values[row]))

    def _written(self, value: float) -> str:
        if not math.isfinite(value):
            return Format(0, scientific=False, width=0, minus=self._minus)(value)
        if self._typed:
            return shortest(value).replace("-", self._minus)
        large = abs(value) >= _LARGE
        return Format(_DIGITS - 1 if large else self._decimals, scientific=large, width=0, minus=self._minus)(value)


def _decimals(y: Array) -> int:
    largest = float(np.abs(y).max())
    exponent = math.floor(math.log10(largest)) if largest else 0
    return min(max(0, _DIGITS - 1 - exponent), _DIGITS)
