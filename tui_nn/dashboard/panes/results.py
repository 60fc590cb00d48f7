"""The predictions beside the truth, in the units of the data; and those for new rows, which are not in the data."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size

from tui_nn.dashboard.panes.parts.result_block import ChosenRow, ResultBlock, Rows
from tui_nn.dashboard.panes.parts.result_fit import fit_heading, fits_of
from tui_nn.dashboard.panes.parts.result_predictions import (
    blocks_of,
    classification_of,
    predictions_of,
    shows_errors,
    shows_truth,
    summary_of,
)
from tui_nn.dashboard.panes.parts.result_sections import MOST_ROWS_ABOVE, Section, line_of_row, section_of, with_summary
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.language import _, pgettext
from tui_nn.network import prediction_equations
from tui_nn.session.events import NewRowRemoved, RowChosen
from tui_nn.writing.formulas.worked_row import row_letter, row_text, worked_row
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.notation.class_text import counted_right
from tui_nn.writing.notation.number_format import group_digits

RESULTS = _("In the results")


class ResultsPane(Pane):
    """Shows, row by row: y, ŷ before the iteration's update, their difference, and ŷ after the update.

    If the rows belong to classes, it shows the class predicted for each, and how often that is right. If some rows are
    kept back for a test, it says how well the weights before the update fit the training rows and the test rows. Below
    the rows stand the new ones: x, and ŷ before and after the update. The arrows choose a row of the data, also for the
    step and the network, or one of the new rows; Enter shows how the prediction for a new row is computed.
    """

    info = PaneInfo(
        name="results",
        title=_("Results"),
        heading=_("Results, in units of the data"),
        hint=_("arrows choose a row; N: for a new row"),
        help=_("Predictions beside the truth, and how many classes are right."),
        area=Area.BOTTOM,
        place=20,
        tab=60,
    )
    commands = (
        Command("", "", "↓ ↑", _("row"), _("The next row or the one before, in the other panes too"), RESULTS),
        Command(
            "work_out",
            "enter",
            "Enter",
            pgettext("key line", "working"),
            _("How the prediction for this new row comes about"),
            RESULTS,
        ),
        Command("remove_new_row", "d", "d", _("take out"), _("Take this new row out again"), RESULTS),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.info.heading, self.info.title)
        self._blocks: list[ResultBlock] = []
        self._rows: Rows | None = None
        self._summary: list[Sequence[Line]] = []
        self._sections_by_room: dict[int, Sequence[Section]] = {}
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
        is_updated = view.equations[-1].name in view.reached_matrices
        known = ({"Y_hat", "J"} & view.visible_matrices, shows_truth(view), shows_errors(view), is_updated)
        return view.iteration_numbers, view.state.document, view.notation, view.state.new_rows, known

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
        self._take_new_rows(view)
        predictions = predictions_of(view)
        found = classification_of(view, predictions)
        data = view.state.document.dataset
        rows = Rows(data.rows, self._new_rows, view.notation, [row - 1 for row in data.test_rows])
        self._rows = rows
        self._blocks = [*blocks_of(view, predictions, rows)]
        fits = fits_of(view) if data.test_rows or has_batches(view.state.document) else None
        self._summary = summary_of(view, found, fits)
        self._sections_by_room.clear()
        right = fit_heading(fits) if fits else counted_right(found) if found and not found.unknown else ""
        self.set_title(f"{self.info.title}: {right}" if right else self.info.heading, self.info.title)

    def _take_new_rows(self, view: View) -> None:
        """Takes over the texts of the new rows, and chooses a row that has just been added."""
        rows_before = self._new_rows.keys()
        self._new_rows = {
            i: f"{row_letter(i)} {row_text(x, view.notation)}" for i, x in view.state.new_rows_here.items()
        }
        if self._new_rows.keys() - rows_before:
            self._chosen_new_row = max(self._new_rows)
        elif self._chosen_new_row not in self._new_rows:
            self._chosen_new_row = max(self._new_rows, default=0)
        self.set_class(bool(self._new_rows), "-has-new-rows")
        if self._new_rows.keys() != rows_before:
            self.call_after_refresh(self._scroll_to_cursor)

    def _refresh_title(self) -> None:
        """Says in the frame which row is chosen, if rows with classes are out of sight."""
        view, is_longer = self.view, False
        if view and self._summary and self.room:
            is_longer = self.surface(self.room).height > self.size.height > 0
        rows = view.state.document.dataset.rows if view else 0
        self._beside = ""
        if view and is_longer:
            self._beside = _("row {row} of {rows}", row=group_digits(view.row), rows=group_digits(rows))
        super()._refresh_title()

    @property
    def hint(self) -> str:
        if not self._new_rows:
            return super().hint
        return _("Enter: how it comes about") if self.has_focus else _("Tab, then Enter: how it comes about")

    def on_key(self, event: events.Key) -> None:
        """The arrows choose the row above or below, first of the data, then of the new ones."""
        by = {"up": -1, "down": 1}.get(event.key, 0)
        if not by or not self.view:
            return
        event.stop()
        event.prevent_default()
        rows, new_rows = self.view.state.document.dataset.rows, list(self._new_rows)
        chosen = self._chosen_place
        place = (self._rows.places[chosen] if self._rows and chosen < rows else chosen) + by
        if self._rows and 0 <= place < rows:
            self._chosen_new_row = 0
            row = self._rows.order[place] + 1
            if row != self.view.state.row:
                dispatch(self, RowChosen(row))
        elif rows <= place < rows + len(new_rows):
            self._chosen_new_row = new_rows[place - rows]
        self.repaint()
        if place < 0:
            # Scrolls to the top, to show what stands above the rows, too.
            self.scroll_home(animate=False, force=True)
        else:
            self._scroll_to_cursor()

    @property
    def _chosen_place(self) -> int:
        """The index of the row chosen, among the rows of the data and then the new ones."""
        if self._chosen_new_row in self._new_rows:
            return self.shown_view.state.document.dataset.rows + list(self._new_rows).index(self._chosen_new_row)
        return self.shown_view.row - 1

    def _scroll_to_cursor(self) -> None:
        if self.view:
            y = line_of_row(self._sections(self.room), self._chosen_place)
            # With a new row, the line above it is in sight, too: above the first one, it has the heads of the columns.
            above = 1 if self._chosen_new_row else 0
            self.scroll_to_region(Region(0, y - above, 1, 1 + above), animate=False, force=True)

    def action_work_out(self) -> None:
        """Shows how the prediction for the chosen new row is computed, as far as the lesson has come."""
        from tui_nn.dashboard.dialogs.questions import MessageDialog

        view = self.view
        number = self._chosen_new_row
        if not view or not number or not view.iteration_numbers:
            return
        computed, document = view.iteration_numbers.computed, view.state.document
        letter, iteration = row_letter(number), group_digits(view.iteration)
        title = _("Row {letter}, in iteration {iteration} before its update", letter=letter, iteration=iteration)
        used = {"X", *document.network.shapes, *(one.name for one in prediction_equations(document.network))}
        text = _("One of the numbers of this iteration is asked for.")
        if not view.hidden.matrices & used:
            x = view.state.new_rows[number - 1]
            text = worked_row(document, x, computed.parameters, view.reached_matrices, view.notation)
        self.app.push_screen(MessageDialog(f"{title}\n\n{text}"))

    def action_remove_new_row(self) -> None:
        """Removes the chosen new row."""
        if self._chosen_new_row:
            dispatch(self, NewRowRemoved(self._chosen_new_row))

    def surface(self, room: int) -> Size:
        """The blocks one below the other; the summary of the classes beside the first one, or above or below it."""
        sections = self._sections(room) if self.view else ()
        return Size(max((one.width for one in sections), default=0), sum(one.height for one in sections))

    def line(self, y: int) -> Line:
        for section in self._sections(self.room):
            if y < section.height:
                return section.line(y)
            y -= section.height
        return []

    def _sections(self, room: int) -> Sequence[Section]:
        if room not in self._sections_by_room:
            written = (section_of(block, room, self._chosen_row) for block in self._blocks)
            data = self.shown_view.state.document.dataset
            is_above = bool(data.test_rows) or data.rows > MOST_ROWS_ABOVE
            self._sections_by_room[room] = with_summary([*written], self._summary, room, is_above=is_above)
        return self._sections_by_room[room]

    def _chosen_row(self) -> ChosenRow:
        return ChosenRow(self.shown_view.row - 1, self._chosen_new_row, self.has_focus)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows or hides which of the new rows is chosen."""
        super().watch_has_focus(has_focus)
        self.repaint()
