"""The classes in the results: the true and the predicted class of each row, with the output of the predicted one."""

from typing import NamedTuple

from rich.cells import cell_len

from tui_nn.dashboard.panes.parts.result_block import MARK_WIDTH, ResultBlock, Rows, fitted, pending_dot
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network import UNKNOWN, Classes
from tui_nn.network.model.array import Array
from tui_nn.network.model.classes import ClassNumbers
from tui_nn.writing.notation.class_text import class_label
from tui_nn.writing.notation.number_format import Format, rounded_text

_CLASS, _PREDICTED = _("class"), _("predicted")
_LEAST_LABEL = 6
_DECIMALS, _OUTPUT_WIDTH = 4, 6
_WIDEST = 100.0


class ClassPredictions(NamedTuple):
    """The classes predicted for some rows, shape (rows,), and the outputs that say so, shape (rows, outputs)."""

    numbers: ClassNumbers
    outputs: Array


class ClassBlock(ResultBlock):
    """A line for each row: its number, its class, the class predicted, and the largest output.

    ``head`` stands above the outputs. ``predicted`` is None while Ŷ is not reached or hidden, ``shows_truth`` is false
    while y is hidden.
    """

    header_lines = 1

    def __init__(
        self,
        rows: Rows,
        classes: Classes,
        head: str,
        predicted: ClassPredictions | None,
        predicted_new: ClassPredictions | None,
        *,
        shows_truth: bool,
    ) -> None:
        super().__init__(rows)
        self._classes, self._head = classes, head
        self._predicted, self._predicted_new = predicted, predicted_new
        self._shows_truth = shows_truth
        # A blank keeps the mark of a wrong class apart from the number.
        self._number_width = 1 + len(str(rows.in_data))
        labels = (class_label(classes, number) for number in range(len(classes.names)))
        self._label_width = max(len(_PREDICTED), *map(cell_len, labels))

    def _label_room(self, room: int) -> int:
        """The columns of a class's name: as many as the longest name needs, if two such columns fit."""
        others = MARK_WIDTH + self._number_width + _OUTPUT_WIDTH + 3
        return min(self._label_width, max(_LEAST_LABEL, (room - others) // 2))

    def width_before_new(self, room: int) -> int:
        return self._number_width + 1 + self._label_room(room)

    def width_of_new(self, room: int) -> int:
        return self._label_room(room) + 1 + _OUTPUT_WIDTH

    def header(self, y: int, room: int) -> tuple[str, str]:  # noqa: ARG002
        before = " " * (self._number_width + 1) + self._fitted(_CLASS, room)
        return f"{before} {self.new_heading(room)}", "faint"

    def new_heading(self, room: int) -> str:
        return f"{self._fitted(_PREDICTED, room)} {self._head.rjust(_OUTPUT_WIDTH)}"

    def cells(self, index: int, room: int) -> Line:
        number = f"{index + 1:>{self._number_width}} "
        truth = class_label(self._classes, int(self._classes.truth[index])) if self._shows_truth else ""
        style = "error" if self.is_wrong(index) else ""
        prediction = self._prediction(self._predicted, index, room, style)
        return [(number, "faint"), self._label(truth, room), (" ", ""), *prediction]

    def is_wrong(self, index: int) -> bool:
        if self._predicted is None or not self._shows_truth:
            return False
        number = int(self._predicted.numbers[index])
        return number not in (UNKNOWN, int(self._classes.truth[index]))

    def new_cells(self, index: int, room: int) -> Line:
        return self._prediction(self._predicted_new, index, room)

    def _prediction(self, predicted: ClassPredictions | None, index: int, room: int, style: str = "") -> Line:
        if predicted is None:
            dot = pending_dot(self.rows.notation)
            return [self._label("", room), (f" {dot.rjust(_OUTPUT_WIDTH)}", "pending")]
        number = int(predicted.numbers[index])
        output = "" if number == UNKNOWN else self._output_text(float(predicted.outputs[index, number]))
        return [self._label(class_label(self._classes, number), room, style), (f" {output.rjust(_OUTPUT_WIDTH)}", "")]

    def _label(self, text: str, room: int, style: str = "") -> tuple[str, str]:
        if not text:
            return self._fitted(pending_dot(self.rows.notation), room), "pending"
        return self._fitted(text, room), style

    def _fitted(self, text: str, room: int) -> str:
        return fitted(text, self._label_room(room), self.rows.notation)

    def _output_text(self, output: float) -> str:
        minus = self.rows.notation.minus
        if abs(output) < _WIDEST:
            return Format(_DECIMALS, scientific=False, width=0, minus=minus)(output)
        return rounded_text(output, 3).replace("-", minus)
