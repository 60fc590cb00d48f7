"""The predictions beside the truth, in the units of the data; and those for new rows, which are not in the data."""

from typing import ClassVar

import numpy as np
from rich.cells import cell_len, set_cell_size
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size

from tui_nn.dashboard.panes.parts.result_columns import PredictionColumn, ResultColumn, heading, total_width
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.network import Parameters, predict, prediction_equations
from tui_nn.network.model.array import Array
from tui_nn.session.events import NewRowRemoved, RowChosen
from tui_nn.writing.formulas.worked_row import row_letter, row_text, worked_row
from tui_nn.writing.notation.number_format import group_digits

RESULTS = "In the results"
_MARK_WIDTH = 2
"""The mark before the row chosen, and the blank after it."""
_HEADER_LINES = 2
_NOT_IN_THE_DATA = "not in the data"


class ResultsPane(Pane):
    """Shows, row by row: y, ŷ before the iteration's update, their difference, and ŷ after the update.

    Below them stand the new rows: x, and ŷ before and after the update. The arrows choose a row of the data, also for
    the step and the network, or one of the new rows; Enter shows how the prediction for a new row is computed.
    """

    info = PaneInfo(
        name="results",
        title="Results",
        heading="Results, in units of the data",
        hint="arrows choose a row; N: for a new row",
        help="Predictions beside the truth, in the data's own units.",
        area=Area.BOTTOM,
        place=20,
        tab=60,
    )
    commands = (
        Command("", "", "↓ ↑", "row", "The next row or the one before, in the other panes too", RESULTS),
        Command("work_out", "enter", "Enter", "working", "How the prediction for this new row comes about", RESULTS),
        Command("remove_new_row", "d", "d", "take out", "Take this new row out again", RESULTS),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.info.heading, self.info.title)
        self._columns_by_output: list[list[ResultColumn]] = []
        self._new_columns_by_output: list[list[ResultColumn]] = []
        self._new_rows: dict[int, str] = {}
        self._chosen_new_row = 0
        """The number of the new row chosen; 0 while a row of the data is."""
        self._numbers_shown: object = None

    def has_effect(self, command: Command) -> bool:
        """A new row can be worked out and taken out; a row of the data can't."""
        return command not in self.commands or not command.action or bool(self._chosen_new_row)

    def part_of(self, view: View) -> object:
        return self._numbers_of(view), view.row

    @staticmethod
    def _numbers_of(view: View) -> object:
        """All that the numbers shown depend on, as a value that is quick to compare."""
        is_visible, is_updated = "Y_hat" in view.visible_matrices, view.equations[-1].name in view.reached_matrices
        return view.iteration_numbers, view.state.document, view.notation, view.state.new_rows, is_visible, is_updated

    def show_view(self, view: View) -> None:
        """Shows the predictions of the new view, and marks the row chosen."""
        numbers = self._numbers_of(view)
        if numbers != self._numbers_shown:
            self._numbers_shown = numbers
            self._predict(view)
        self._refresh_title()
        super().show_view(view)

    def _predict(self, view: View) -> None:
        """Predicts for every row, and puts dots for what the iteration has not reached yet."""
        data = view.state.document.dataset
        Y_hat = Y_hat_after = None
        if view.iteration_numbers and "Y_hat" in view.visible_matrices:
            Y_hat = data.in_units(view.iteration_numbers.computed["Y_hat"])
        if view.iteration_numbers and view.equations[-1].name in view.reached_matrices:
            after = predict(view.state.document.network, data.X, view.iteration_numbers.computed.next_parameters)
            Y_hat_after = data.in_units(after)
        name, minus = view.notation.name("Y_hat"), view.notation.minus
        error = None if Y_hat is None else data.y - Y_hat
        columns = ((name, Y_hat), (f"y {minus} {name}", error), ("updated", Y_hat_after))
        self._columns_by_output = [
            [
                ResultColumn("y", data.y[:, output], minus),
                *(PredictionColumn(head, values, output, data, minus) for head, values in columns),
            ]
            for output in range(data.outputs)
        ]
        self._predict_new_rows(view, Y_hat is not None, Y_hat_after is not None)

    def _predict_new_rows(self, view: View, is_visible: bool, is_updated: bool) -> None:
        """Predicts for the new rows, before and after the update, as far as the data's predictions are shown."""
        data, rows_before = view.state.document.dataset, self._new_rows.keys()
        new_rows = view.state.new_rows_here
        self._new_rows = {i: f"{row_letter(i)} {row_text(x, view.notation)}" for i, x in new_rows.items()}
        if self._new_rows.keys() - rows_before:
            self._chosen_new_row = max(self._new_rows)
        elif self._chosen_new_row not in self._new_rows:
            self._chosen_new_row = max(self._new_rows, default=0)
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
                    PredictionColumn(column.head, values, output, data, view.notation.minus)
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
        """The arrows choose the row above or below, first of the data, then of the new ones."""
        by = {"up": -1, "down": 1}.get(event.key, 0)
        if not by or not self.view:
            return
        event.stop()
        event.prevent_default()
        rows, new_rows = self.view.state.document.dataset.rows, list(self._new_rows)
        place = self._chosen_place + by
        if 0 <= place < rows:
            self._chosen_new_row = 0
            if place + 1 != self.view.state.row:
                dispatch(self, RowChosen(place + 1))
        elif rows <= place < rows + len(new_rows):
            self._chosen_new_row = new_rows[place - rows]
        self.repaint()
        self._scroll_to_cursor()

    @property
    def _chosen_place(self) -> int:
        """The index of the row chosen, among the rows of the data and then the new ones."""
        if self._chosen_new_row in self._new_rows:
            return self.shown_view.state.document.dataset.rows + list(self._new_rows).index(self._chosen_new_row)
        return self.shown_view.row - 1

    def _scroll_to_cursor(self) -> None:
        if self.view:
            # Between the rows of the data and the new ones stands a heading.
            y = _HEADER_LINES + self._chosen_place + (1 if self._chosen_new_row else 0)
            self.scroll_to_region(Region(0, y, 1, 1), animate=False, force=True)

    def action_work_out(self) -> None:
        """Shows how the prediction for the chosen new row is computed, as far as the lesson has come."""
        from tui_nn.dashboard.dialogs.questions import MessageDialog

        view = self.view
        number = self._chosen_new_row
        if not view or not number or not view.iteration_numbers:
            return
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
        if self._chosen_new_row:
            dispatch(self, NewRowRemoved(self._chosen_new_row))

    @property
    def _lines_of_output(self) -> int:
        rows = self.view.state.document.dataset.rows if self.view else 0
        return rows + _HEADER_LINES + (len(self._new_rows) + 1 if self._new_rows else 0)

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """For each output, a heading of two lines, a line for each row, and a heading above the new rows."""
        if not self.view:
            return Size(0, 0)
        width = max(sum(column.width + 1 for column in output) for output in self._columns_by_output)
        for output, columns in enumerate(self._new_columns_by_output):
            width = max(width, self._x_width(output) + total_width(columns) + 2)
        return Size(_MARK_WIDTH + width - 1, len(self._columns_by_output) * self._lines_of_output)

    def _x_width(self, output: int) -> int:
        """The width of x: what it needs if the pane has room, else the width of two columns of the data."""
        needed = max(len(_NOT_IN_THE_DATA), *map(cell_len, self._new_rows.values()))
        predictions = total_width(self._new_columns_by_output[output])
        aligned = total_width(self._columns_by_output[output]) - predictions - 1
        return min(max(needed, aligned), max(aligned, self.room - _MARK_WIDTH - predictions - 1))

    def line(self, y: int) -> Line:
        view = self.view
        if not view:
            return []
        data = view.state.document.dataset
        output, row = divmod(y, self._lines_of_output)
        columns = self._columns_by_output[output]
        blank = " " * _MARK_WIDTH
        if row == 0:
            return [(blank + data.y_names[output], "title")]
        if row == 1:
            return [(blank + heading(columns), "faint")]
        if row < data.rows + _HEADER_LINES:
            index = row - _HEADER_LINES
            mark = ("›" if view.notation.unicode else ">") if index == view.row - 1 else ""
            return [(mark.ljust(_MARK_WIDTH), "row"), *(self._styled_cell(column, index) for column in columns)]
        return [(blank, ""), *self._new_line(output, row - data.rows - _HEADER_LINES - 1)]

    def _new_line(self, output: int, index: int) -> Line:
        """A new row with its predictions; for the index −1, the heading above the new rows."""
        columns, width = self._new_columns_by_output[output], self._x_width(output)
        if index < 0:
            return [(f"{_NOT_IN_THE_DATA:<{width}} {heading(columns)}", "faint")]
        text = list(self._new_rows.values())[index]
        if cell_len(text) > width and self.view:
            ellipsis = self.view.notation.ellipsis
            text = set_cell_size(text, width - len(ellipsis)) + ellipsis
        is_chosen = list(self._new_rows)[index] == self._chosen_new_row
        style = "cursor" if self.has_focus and is_chosen else ""
        blank = " " * (width - cell_len(text) + 1)
        return [(text, style), (blank, ""), *(self._styled_cell(column, index) for column in columns)]

    def _styled_cell(self, column: ResultColumn, row: int) -> tuple[str, str]:
        text = column.text(row)
        # A dot stands for a number that is not reached yet, as in the matrices.
        dot = "·" if self.view and self.view.notation.unicode else "."
        return (text or dot).rjust(column.width) + " ", "" if text else "pending"

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows or hides which of the new rows is chosen."""
        super().watch_has_focus(has_focus)
        self.repaint()
