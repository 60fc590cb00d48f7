"""The predictions beside the truth, in the units of the data; and those for new rows, which are not in the data."""

import math
from typing import ClassVar

import numpy as np
from rich.cells import cell_len, set_cell_size
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.network import Dataset, Parameters, predict, prediction_equations
from tui_nn.network.model.array import Array
from tui_nn.session.events import NewRowRemoved
from tui_nn.writing.formulas.worked_row import row_letter, row_text, worked_row
from tui_nn.writing.notation.number_format import Format, group_digits, shortest_text

RESULTS = "In the results"
_SIGNIFICANT_DIGITS = 7
_LARGE = 1e7
_LEAST_WIDTH = 7
_NOT_IN_THE_DATA = "not in the data"


class ResultsPane(Pane):
    """Shows, row by row: y, ŷ before the iteration's update, their difference, and ŷ after the update.

    Below them stand the new rows: x, and ŷ before and after the update. The arrows choose one of the new rows, and
    Enter shows how its prediction is computed.
    """

    info = PaneInfo(
        name="results",
        title="Results",
        heading="Results, in the data's units",
        hint="before and after the update; N: for a new row",
        help="Predictions beside the truth, in the data's own units.",
        area=Area.BOTTOM,
        place=20,
        tab=60,
    )
    commands = (
        Command("", "", "↓ ↑", "", "The next of the new rows, the one before", RESULTS),
        Command("work_out", "enter", "Enter", "working", "How the prediction for this new row comes about", RESULTS),
        Command("remove_new_row", "d", "d", "take out", "Take this new row out again", RESULTS),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.info.heading, self.info.title)
        self._columns_by_output: list[list[_Column]] = []
        self._new_columns_by_output: list[list[_Column]] = []
        self._new_rows: dict[int, str] = {}
        self._chosen_row = 0

    @property
    def places(self) -> tuple[str, ...]:
        return (RESULTS,) if self._new_rows else ()

    def part_of(self, view: View) -> object:
        is_visible, is_updated = "Y_hat" in view.visible_matrices, view.equations[-1].name in view.reached_matrices
        return view.iteration_numbers, view.state.document, view.notation, view.state.new_rows, is_visible, is_updated

    def show_view(self, view: View) -> None:
        """Shows the predictions of the new view, and dots for what the iteration has not reached yet."""
        data = view.state.document.dataset
        Y_hat = Y_hat_after = None
        if view.iteration_numbers and "Y_hat" in view.visible_matrices:
            Y_hat = data.in_units(view.iteration_numbers.computed["Y_hat"])
        if view.iteration_numbers and view.equations[-1].name in view.reached_matrices:
            after = predict(view.state.document.network, data.X, view.iteration_numbers.computed.next_parameters)
            Y_hat_after = data.in_units(after)
        name, minus = view.notation.name("Y_hat"), view.notation.minus
        error = None if Y_hat is None else data.y - Y_hat
        # Y_hat, the name in ASCII, leaves room for a shorter word only.
        updated = "updated" if view.notation.unicode else "new"
        columns = ((name, Y_hat), (f"y {minus} {name}", error), (f"{updated} {name}", Y_hat_after))
        self._columns_by_output = [
            [
                _Column("y", data.y[:, output], minus),
                *(_PredictionColumn(head, values, output, data, minus) for head, values in columns),
            ]
            for output in range(data.outputs)
        ]
        self._predict_new_rows(view, Y_hat is not None, Y_hat_after is not None)
        self._refresh_title()
        super().show_view(view)

    def _predict_new_rows(self, view: View, is_visible: bool, is_updated: bool) -> None:
        """Predicts for the new rows, before and after the update, as far as the data's predictions are shown."""
        data, rows_before = view.state.document.dataset, self._new_rows.keys()
        new_rows = view.state.new_rows_here
        self._new_rows = {i: f"{row_letter(i)} {row_text(x, view.notation)}" for i, x in new_rows.items()}
        if self._new_rows.keys() - rows_before:
            self._chosen_row = max(self._new_rows)
        self.set_class(bool(new_rows), "-has-new-rows")
        self._new_columns_by_output = []
        if new_rows:
            X = data.scaled(np.array([*new_rows.values()]))

            def predicted(parameters: Parameters | None) -> Array | None:
                return data.in_units(predict(view.state.document.network, X, parameters)) if parameters else None

            computed = view.iteration_numbers and view.iteration_numbers.computed
            Y_hat = predicted(computed.parameters if computed and is_visible else None)
            Y_hat_after = predicted(computed.next_parameters if computed and is_updated else None)
            self._new_columns_by_output = [
                [
                    _PredictionColumn(column.head, values, output, data, view.notation.minus)
                    for column, values in ((before, Y_hat), (after, Y_hat_after))
                ]
                for output, (_, before, _, after) in enumerate(self._columns_by_output)
            ]
        if self._new_rows.keys() != rows_before:
            self.call_after_refresh(self._scroll_to_cursor)

    @property
    def hint(self) -> str:
        if not self._new_rows:
            return super().hint
        return "Enter: how it comes about" if self.has_focus else "Tab, then Enter: how it comes about"

    def on_key(self, event: events.Key) -> None:
        """The arrows choose another new row; beyond the first and the last one, they scroll."""
        numbers = list(self._new_rows)
        by = {"up": -1, "down": 1}.get(event.key, 0)
        if not by or not numbers or not 0 <= self._chosen_index + by < len(numbers):
            return
        event.stop()
        event.prevent_default()
        self._chosen_row = numbers[self._chosen_index + by]
        self.repaint()
        self._scroll_to_cursor()

    @property
    def _chosen_index(self) -> int:
        """The index of the chosen row among the new rows; the last one, if the chosen row is gone."""
        numbers = list(self._new_rows)
        return numbers.index(self._chosen_row) if self._chosen_row in numbers else len(numbers) - 1

    def _scroll_to_cursor(self) -> None:
        if self.view and self._new_rows:
            y = self._first_new_line + self._chosen_index
            self.scroll_to_region(Region(0, y, 1, 1), animate=False, force=True)

    def action_work_out(self) -> None:
        """Shows how the prediction for the chosen new row is computed, as far as the lesson has come."""
        from tui_nn.dashboard.dialogs.questions import MessageDialog

        view = self.view
        if not view or not self._new_rows or not view.iteration_numbers:
            return
        number = [*self._new_rows][self._chosen_index]
        computed, document = view.iteration_numbers.computed, view.state.document
        title = f"Row {row_letter(number)}, in iteration {group_digits(view.iteration)} before its update\n\n"
        used = {"X", *document.network.shapes, *(one.name for one in prediction_equations(document.network))}
        text = "One of the numbers of this iteration is asked for."
        if not view.hidden.matrices & used:
            x = view.state.new_rows[number - 1]
            text = worked_row(document, x, computed.parameters, view.reached_matrices, view.notation)
        self.app.push_screen(MessageDialog(title + text))

    def action_remove_new_row(self) -> None:
        """Removes the chosen new row."""
        if self._new_rows:
            dispatch(self, NewRowRemoved([*self._new_rows][self._chosen_index]))

    @property
    def _first_new_line(self) -> int:
        """The line of the first new row, below the rows of the data and a heading."""
        return self.view.state.document.dataset.rows + 3 if self.view else 0

    @property
    def _lines_of_output(self) -> int:
        rows = self.view.state.document.dataset.rows if self.view else 0
        return rows + 2 + (len(self._new_rows) + 1 if self._new_rows else 0)

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """For each output, a heading of two lines, a line for each row, and a heading above the new rows."""
        if not self.view:
            return Size(0, 0)
        width = max(sum(column.width + 1 for column in output) for output in self._columns_by_output)
        for output, columns in enumerate(self._new_columns_by_output):
            width = max(width, self._x_width(output) + _total_width(columns) + 2)
        return Size(width - 1, len(self._columns_by_output) * self._lines_of_output)

    def _x_width(self, output: int) -> int:
        """The width of x: what it needs if the pane has room, else the width of two columns of the data."""
        needed = max(len(_NOT_IN_THE_DATA), *map(cell_len, self._new_rows.values()))
        predictions = _total_width(self._new_columns_by_output[output])
        aligned = _total_width(self._columns_by_output[output]) - predictions - 1
        return min(max(needed, aligned), max(aligned, self.room - predictions - 1))

    def line(self, y: int) -> Line:
        view = self.view
        if not view:
            return []
        data = view.state.document.dataset
        output, row = divmod(y, self._lines_of_output)
        columns = self._columns_by_output[output]
        if row == 0:
            return [(data.y_names[output], "title")]
        if row == 1:
            return [(_heading(columns), "faint")]
        if row < data.rows + 2:
            return [self._styled_cell(column, row - 2) for column in columns]
        return self._new_line(output, row - data.rows - 3)

    def _new_line(self, output: int, index: int) -> Line:
        """A new row with its predictions; for the index −1, the heading above the new rows."""
        columns, width = self._new_columns_by_output[output], self._x_width(output)
        if index < 0:
            return [(f"{_NOT_IN_THE_DATA:<{width}} {_heading(columns)}", "faint")]
        text = list(self._new_rows.values())[index]
        if cell_len(text) > width and self.view:
            ellipsis = self.view.notation.ellipsis
            text = set_cell_size(text, width - len(ellipsis)) + ellipsis
        style = "cursor" if self.has_focus and index == self._chosen_index else ""
        blank = " " * (width - cell_len(text) + 1)
        return [(text, style), (blank, ""), *(self._styled_cell(column, index) for column in columns)]

    def _styled_cell(self, column: "_Column", row: int) -> tuple[str, str]:
        text = column.text(row)
        # A dot stands for a number that is not reached yet, as in the matrices.
        dot = "·" if self.view and self.view.notation.unicode else "."
        return (text or dot).rjust(column.width) + " ", "" if text else "pending"

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows or hides which of the new rows is chosen."""
        super().watch_has_focus(has_focus)
        self.repaint()


def _total_width(columns: "list[_Column]") -> int:
    return sum(column.width + 1 for column in columns) - 1


def _heading(columns: "list[_Column]") -> str:
    return " ".join(column.head.rjust(column.width) for column in columns)


class _Column:
    """A column of the results, with its numbers as typed in. ``values`` is None while they are not reached."""

    least_width = _LEAST_WIDTH

    def __init__(self, head: str, values: Array | None, minus: str) -> None:
        self.head = head
        self._values = values
        self._minus = minus
        longest = 0
        if values is not None:
            extremes = (values.max(), values.min(), *values[:200])
            longest = max(len(self._number_text(float(value))) for value in extremes)
        self.width = max(self.least_width, len(head), longest)

    def text(self, row: int) -> str:
        """The number in ``row``; "" while it is not reached."""
        return "" if self._values is None else self._number_text(float(self._values[row]))

    def _number_text(self, value: float) -> str:
        if not math.isfinite(value):
            return Format(0, scientific=False, width=0, minus=self._minus)(value)
        return self._finite_text(value)

    def _finite_text(self, value: float) -> str:
        return shortest_text(value).replace("-", self._minus)


class _PredictionColumn(_Column):
    """A column of one output's predictions or errors, written with seven significant digits of y."""

    def __init__(self, head: str, predictions: Array | None, output: int, data: Dataset, minus: str) -> None:
        largest = float(np.abs(data.y[:, output]).max())
        exponent = math.floor(math.log10(largest)) if largest else 0
        self._decimals = min(max(0, _SIGNIFICANT_DIGITS - 1 - exponent), _SIGNIFICANT_DIGITS)
        self.least_width = max(_LEAST_WIDTH, self._decimals + 4)
        super().__init__(head, None if predictions is None else predictions[:, output], minus)

    def _finite_text(self, value: float) -> str:
        is_large = abs(value) >= _LARGE
        decimals = _SIGNIFICANT_DIGITS - 1 if is_large else self._decimals
        return Format(decimals, scientific=is_large, width=0, minus=self._minus)(value)
