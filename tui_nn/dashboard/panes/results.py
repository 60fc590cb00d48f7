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
from tui_nn.dashboard.widgets.pane import Column, Pane, PaneInfo
from tui_nn.network import Parameters, predict, prediction_equations
from tui_nn.network.model.array import Array
from tui_nn.session.events import NewRowRemoved
from tui_nn.writing.formulas.worked_row import row_letter, row_text, worked_row
from tui_nn.writing.notation.number_format import Format, grouped, shortest

RESULTS = "In the results"
_SIGNIFICANT_DIGITS = 7
_LARGE = 1e7
_LEAST_WIDTH = 7
_NOT_IN_THE_DATA = "not in the data"


class ResultsPane(Pane):
    """y, ŷ of the iteration before its update, their difference, and ŷ after the update, row by row.

    Below them the new rows: x, and ŷ before and after the update. The arrows choose one of these, Enter shows how its
    prediction comes about.
    """

    info = PaneInfo(
        name="results",
        title="Results",
        heading="Results, in the data's units",
        hint="before and after the update; N: for a new row",
        help="Predictions beside the truth, in the data's own units.",
        column=Column.LEFT,
        row=30,
        tab=100,
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
        """The new rows, where there are any."""
        return (RESULTS,) if self._new_rows else ()

    def part_of(self, view: View) -> object:
        """The data, the predictions as far as they are known, and the new rows."""
        is_told, is_updated = "Y_hat" in view.visible_matrices, view.equations[-1].name in view.reached_matrices
        return view.iteration_numbers, view.state.document, view.notation, view.state.new_rows, is_told, is_updated

    def show_view(self, view: View) -> None:
        """Shows the predictions of the new view; dots stand for what this iteration has not reached yet."""
        data = view.state.document.dataset
        Y_hat = Y_hat_after = None
        if view.iteration_numbers and "Y_hat" in view.visible_matrices:
            Y_hat = data.in_units(view.iteration_numbers.computed["Y_hat"])
        if view.iteration_numbers and view.equations[-1].name in view.reached_matrices:
            after = predict(view.state.document.network, data.X, view.iteration_numbers.computed.next_parameters)
            Y_hat_after = data.in_units(after)
        name, minus = view.notation.name("Y_hat"), view.notation.minus
        error = None if Y_hat is None else data.y - Y_hat
        # Where the name is longer, the word before it is shorter.
        updated = "updated" if view.notation.unicode else "new"
        columns = ((f"y {minus} {name}", error), (f"{updated} {name}", Y_hat_after))
        self._columns_by_output = [
            [
                _Column("y", data.y[:, output], minus, is_typed=True),
                *(
                    _Column(head, None if values is None else values[:, output], minus, scale=data.y[:, output])
                    for head, values in ((name, Y_hat), *columns)
                ),
            ]
            for output in range(data.outputs)
        ]
        self._predict_new_rows(view, Y_hat is not None, Y_hat_after is not None)
        self._refresh_title()
        super().show_view(view)

    def _predict_new_rows(self, view: View, is_told: bool, is_updated: bool) -> None:
        """Predicts for the new rows, before and after the update, as far as the data's predictions are known."""
        data, before = view.state.document.dataset, self._new_rows
        here = view.state.new_rows_here
        self._new_rows = {number: f"{row_letter(number)} {row_text(x, view.notation)}" for number, x in here.items()}
        if self._new_rows.keys() - before.keys():
            self._chosen_row = max(self._new_rows)
        self.set_class(bool(here), "-has-new-rows")
        self._new_columns_by_output = []
        if here:
            X = data.scaled(np.array([*here.values()]))

            def predicted(parameters: Parameters | None) -> Array | None:
                return data.in_units(predict(view.state.document.network, X, parameters)) if parameters else None

            computed = view.iteration_numbers and view.iteration_numbers.computed
            Y_hat = predicted(computed.parameters if computed and is_told else None)
            Y_hat_after = predicted(computed.next_parameters if computed and is_updated else None)
            for output, (_, first, _, last) in enumerate(self._columns_by_output):
                self._new_columns_by_output.append(
                    [
                        _Column(
                            column.head,
                            None if values is None else values[:, output],
                            view.notation.minus,
                            scale=data.y[:, output],
                        )
                        for column, values in ((first, Y_hat), (last, Y_hat_after))
                    ]
                )
        if self._new_rows.keys() != before.keys():
            self.call_after_refresh(self._scroll_to_cursor)

    @property
    def hint(self) -> str:
        """What the user can do with a new row, once there is one."""
        if not self._new_rows:
            return super().hint
        return "Enter: how it comes about" if self.has_focus else "Tab, then Enter: how it comes about"

    def on_key(self, event: events.Key) -> None:
        """Chooses another new row. Beyond the first and the last, the arrows scroll."""
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
        """The place of the chosen row among the new rows: there may be fewer now than when the user chose."""
        numbers = list(self._new_rows)
        return numbers.index(self._chosen_row) if self._chosen_row in numbers else len(numbers) - 1

    def _scroll_to_cursor(self) -> None:
        if self.view and self._new_rows:
            y = self._first_new_line + self._chosen_index
            self.scroll_to_region(Region(0, y, 1, 1), animate=False, force=True)

    def action_work_out(self) -> None:
        """Shows how the prediction for the new row chosen comes about, as far as it is computed."""
        from tui_nn.dashboard.dialogs.questions import MessageDialog

        view = self.view
        if not view or not self._new_rows or not view.iteration_numbers:
            return
        number = [*self._new_rows][self._chosen_index]
        computed, document = view.iteration_numbers.computed, view.state.document
        title = f"Row {row_letter(number)}, in iteration {grouped(view.iteration)} before its update\n\n"
        named = {"X", *document.network.shapes, *(one.name for one in prediction_equations(document.network))}
        if view.hidden.matrices & named:
            self.app.push_screen(MessageDialog(title + "One of the numbers of this iteration is asked for."))
            return
        x = view.state.new_rows[number - 1]
        self.app.push_screen(
            MessageDialog(title + worked_row(document, x, computed.parameters, view.reached_matrices, view.notation))
        )

    def action_remove_new_row(self) -> None:
        """Takes the new row chosen out again."""
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
        """For each output two lines of heading and one for each row; and one line more above the new rows."""
        if not self.view:
            return Size(0, 0)
        width = max(sum(column.width + 1 for column in output) for output in self._columns_by_output)
        for output, columns in enumerate(self._new_columns_by_output):
            width = max(width, self._x_width(output) + _total_width(columns) + 2)
        return Size(width - 1, len(self._columns_by_output) * self._lines_of_output)

    def _x_width(self, output: int) -> int:
        """The width of x: what it needs if the pane has room, else the width of two columns of the data."""
        needed = max(len(_NOT_IN_THE_DATA), *map(cell_len, self._new_rows.values()))
        new = _total_width(self._new_columns_by_output[output])
        aligned = _total_width(self._columns_by_output[output]) - new - 1
        return min(max(needed, aligned), max(aligned, self.room - new - 1))

    def line(self, y: int) -> Line:
        """One row of one output."""
        view = self.view
        if not view:
            return []
        data = view.state.document.dataset
        output, row = divmod(y, self._lines_of_output)
        columns = self._columns_by_output[output]
        if row == 0:
            return [(data.y_names[output], "title")]
        if row == 1:
            return [(" ".join(column.head.rjust(column.width) for column in columns), "faint")]
        if row < data.rows + 2:
            return [self._styled_cell(column, row - 2) for column in columns]
        return self._new_line(output, row - data.rows - 3)

    def _new_line(self, output: int, place: int) -> Line:
        """The heading of the new rows, or one of them."""
        columns, width = self._new_columns_by_output[output], self._x_width(output)
        if place < 0:
            heads = " ".join(column.head.rjust(column.width) for column in columns)
            return [(f"{_NOT_IN_THE_DATA:<{width}} {heads}", "faint")]
        text = list(self._new_rows.values())[place]
        if cell_len(text) > width and self.view:
            ellipsis = self.view.notation.ellipsis
            text = set_cell_size(text, width - len(ellipsis)) + ellipsis
        style = "cursor" if self.has_focus and place == self._chosen_index else ""
        blank = " " * (width - cell_len(text) + 1)
        return [(text, style), (blank, ""), *(self._styled_cell(column, place) for column in columns)]

    def _styled_cell(self, column: "_Column", row: int) -> tuple[str, str]:
        text = column.cell(row)
        # As in the matrices.
        dot = "·" if self.view and self.view.notation.unicode else "."
        shown = dot if text is None else text
        return shown.rjust(column.width) + " ", "pending" if text is None else ""

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows which of the new rows is chosen, or hides it."""
        super().watch_has_focus(has_focus)
        self.repaint()


def _total_width(columns: "list[_Column]") -> int:
    return sum(column.width + 1 for column in columns) - 1


class _Column:
    """One column of the results: as typed in, or with seven significant digits of what stands in the data."""

    def __init__(
        self, head: str, values: Array | None, minus: str, *, is_typed: bool = False, scale: Array | None = None
    ) -> None:
        self.head = head
        self._values = values
        self._minus = minus
        self._is_typed = is_typed
        self._decimals = _decimals(scale) if scale is not None else 0
        longest = 0
        if values is not None:
            extremes = (values.max(), values.min(), *values[:200])
            longest = max(len(self._number_text(float(value))) for value in extremes)
        self.width = max(_LEAST_WIDTH, len(head), longest, 0 if is_typed else self._decimals + 4)

    def cell(self, row: int) -> str | None:
        """The cell in ``row``; None where it is not reached yet."""
        return None if self._values is None else self._number_text(float(self._values[row]))

    def _number_text(self, value: float) -> str:
        if not math.isfinite(value):
            return Format(0, scientific=False, width=0, minus=self._minus)(value)
        if self._is_typed:
            return shortest(value).replace("-", self._minus)
        large = abs(value) >= _LARGE
        return Format(
            _SIGNIFICANT_DIGITS - 1 if large else self._decimals, scientific=large, width=0, minus=self._minus
        )(value)


def _decimals(y: Array) -> int:
    largest = float(np.abs(y).max())
    exponent = math.floor(math.log10(largest)) if largest else 0
    return min(max(0, _SIGNIFICANT_DIGITS - 1 - exponent), _SIGNIFICANT_DIGITS)
