"""A pane of matrices and formulas, in which the arrows go from cell to cell."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from textual import events
from textual.actions import SkipAction
from textual.geometry import Offset, Size
from textual.message import Message

from tui_nn.dashboard.terminal.plain_paste import LEAST_LENGTH, is_table
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.grid.cell_typing import STARTS_A_NUMBER
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardRow, LaidOutMatrix, with_marks_only
from tui_nn.dashboard.widgets.matrices.row_window import rows_in_sight
from tui_nn.dashboard.widgets.matrices.their_texts import mark_of_theirs, their_texts, with_room_for
from tui_nn.dashboard.widgets.pane import Pane
from tui_nn.language import _
from tui_nn.network.formulas.equations import data_axis
from tui_nn.network.formulas.explain import cells_in_value
from tui_nn.network.formulas.expression import Expression, Symbol, symbols
from tui_nn.session.events import Selected, WeightSet
from tui_nn.writing.notation.number_format import matrix_format

_NO_NUMBERS = np.zeros((1, 1))
_FORMAT_OF_DOTS = matrix_format(_NO_NUMBERS)

_ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
MATRICES = _("In the matrices")


class MatrixBoard(Pane):
    """Shows formulas with their numbers as matrices. Arrows and clicks select a cell."""

    @dataclass
    class WeightAsked(Message):
        """The user wants to set the selected weight, and has typed ``text`` so far."""

        text: str

    @dataclass
    class WeightsPasted(Message):
        """The user pasted a block of numbers at the selected weight."""

        text: str

    class ExplanationAsked(Message):
        """The user pressed Enter to learn where a cell comes from. ``events`` select the cell, if none is selected."""

        def __init__(self, *events: Selected) -> None:
            super().__init__()
            self.events = events

    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            "", "", _("arrows"), _("select"), _("Select a cell of any matrix, also in rows out of sight"), MATRICES
        ),
        Command("", "enter", "Enter", _("explain"), _("Explain the cell selected"), MATRICES),
        Command(
            "set_weight",
            "",
            "0-9",
            _("set weight"),
            _("Set the weight selected to another value: type it"),
            MATRICES,
            asks=True,
            makes=(WeightSet,),
        ),
    )

    fills_result: ClassVar[bool] = False
    """Whether the pane fills the cells of the step's result. Only one pane does, so the user knows where to look."""

    def __init__(self) -> None:
        super().__init__()
        self._layouts: dict[int, Layout] = {}
        # One view is laid out in several ways, until one of them fits.
        self._made_for: View | None = None
        self._made: dict[tuple[Expression, str], LaidOutMatrix] = {}

    def board_rows(self, view: View, room: int) -> Iterator[BoardRow]:
        """What the pane shows, row by row from top to bottom."""
        raise NotImplementedError

    def matrices_in(self, view: View) -> frozenset[str]:
        """The names of the matrices that the pane shows."""
        raise NotImplementedError

    def part_of(self, view: View) -> object:
        """The matrices that the pane shows: their numbers, their parts in the step, and what of them is known."""
        names, selected, hidden = self.matrices_in(view), view.selected, view.hidden
        return (
            view.iteration_numbers,
            view.notation,
            view.state.document.network,
            view.moment.rows,
            view.state.compared,
            names & view.reached_matrices,
            {name: role for name, role in view.matrix_styles.items() if name in names},
            selected if selected and selected.matrix in names else None,
            *(tuple(a for a in cells if a.name in names) for cells in (view.source_cells, hidden.cells, hidden.signs)),
            names & hidden.shapes,
        )

    def show_view(self, view: View) -> None:
        """Lays the matrices out again, for the new view."""
        self._layouts.clear()
        super().show_view(view)
        self.name_in_frame(view, self.rows_in_sight(view))

    def watch_view(self, view: View | None) -> None:
        """Shows the new view, and scrolls to what its step computes."""
        super().watch_view(view)
        self.scroll_to_step()

    def fit(self) -> None:
        """Lays the matrices out for a new size, and keeps the step in sight."""
        # The height decides how many blank lines there are.
        self._layouts.clear()
        super().fit()
        self.scroll_to_step()
        if self.view:
            self.name_in_frame(self.view, self.rows_in_sight(self.view))

    def rows_in_sight(self, view: View) -> str:
        """Which rows of the data are in sight, such as "rows 1–6 of 150"; "" if all are."""
        # Laying out a pane that nobody sees would take as long as one in sight.
        window = self._layout(self.room).window if self.size else ()
        return rows_in_sight(window, view.moment.rows)

    def name_in_frame(self, view: View, rows: str) -> None:
        """Shows in the frame, besides the name, which rows of the data are in sight, where they may be too many."""

    def scroll_to_step(self) -> None:
        """Scrolls to the matrix of the step. The place does not depend on where the pane was scrolled before."""
        # Laying out a pane that nobody sees would take as long as one in sight.
        place = self._layout(self.room).region_of_step() if self.size else None
        if place:
            y = min(place.y, self._layout(self.room).page_with(place.bottom, self.size.height))
            x = min(place.x, max(0, place.right - self.room))
            self.scroll_to(x, y, animate=False, force=True, immediate=True)

    def on_key(self, event: events.Key) -> None:
        """Arrows go from cell to cell, Enter explains the selected one, a number sets it if it is a weight."""
        if not self.view:
            return
        if event.key in _ARROWS:
            if neighbour := self._layout(self.room).neighbour_of_cell(*_ARROWS[event.key]):
                self._select(*neighbour)
        elif event.key == "enter":
            self.post_message(self.ExplanationAsked(*self.selection_in_sight()))
        elif not self.view.is_viewer and self.can_set_weight and event.character in STARTS_A_NUMBER:
            self.post_message(self.WeightAsked(str(event.character)))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Sets weights to the numbers pasted, beginning at the weight selected."""
        if self.may_paste and event.text.strip():
            event.stop()
            self.post_message(self.WeightsPasted(event.text))

    @property
    def may_paste(self) -> bool:
        """Whether numbers can be pasted here: a weight is selected, and the user teaches."""
        return self.can_set_weight and self.view is not None and not self.view.is_viewer

    def selection_in_sight(self) -> tuple[Selected, ...]:
        """The event that selects a cell in sight; () if a cell of this pane is selected already.

        It selects the first cell of the step's matrix, or of the first matrix in sight.
        """
        layout = self._layout(self.room)
        first = None if layout.region_of_selected_cell() else layout.first_cell(self.scroll_offset.y)
        return (Selected(*first),) if first else ()

    def cursor_on_screen(self) -> Offset | None:
        """Where the selected cell stands on the screen; without one, the matrix of the step."""
        layout = self._layout(self.room)
        place = layout.region_of_selected_cell() or layout.region_of_step()
        return self.on_screen(place.offset) if place else None

    def action_page_up(self) -> None:
        """Leaves the key to the lesson: a presenter's clicker sends it."""
        raise SkipAction

    def action_page_down(self) -> None:
        """Leaves the key to the lesson: a presenter's clicker sends it."""
        raise SkipAction

    def action_set_weight(self) -> None:
        """Asks for another value of the selected weight."""
        self.post_message(self.WeightAsked(""))

    @property
    def can_set_weight(self) -> bool:
        """Whether a digit sets the selected cell: it is a weight, not a computed number."""
        view = self.view
        return bool(view and view.selected and view.selected.matrix in view.state.document.network.shapes)

    def has_effect(self, command: Command) -> bool:
        """The command that sets a weight has an effect only if a weight is selected; digits are then typed."""
        is_typed = command.key.isdigit() and self.may_paste
        return not is_typed and (command.action != "set_weight" or self.can_set_weight)

    def is_paste(self, text: str) -> bool | None:
        """True for rows of numbers, if a weight is selected that the user may set."""
        return True if self.may_paste and is_table(text) and len(text) >= LEAST_LENGTH else None

    def on_click(self, event: events.Click) -> None:
        """Selects the cell under the mouse."""
        offset = event.get_content_offset(self)
        if offset and (cell := self._layout(self.room).cell_at(*(offset + self.scroll_offset))):
            self._select(*cell)

    def _select(self, matrix: str, row: int, column: int) -> None:
        dispatch(self, Selected(matrix, row, column))
        if place := self._layout(self.room).region_of_selected_cell():
            self.scroll_to_region(place, animate=False, force=True)

    def surface(self, room: int) -> Size:
        """The size of the formulas, broken to ``room``. Scrolled to the end, no matrix is cut at the top."""
        layout = self._layout(room)
        width, height = layout.size
        last_page = layout.page_with(height, self.size.height)
        return Size(width, max(height, last_page + self.size.height) if last_page else height)

    def line(self, y: int) -> Line:
        """One line of the layout."""
        layout = self._layout(self.room)
        return layout.line(y) if y < layout.size.height else []

    def _layout(self, room: int) -> Layout:
        if room not in self._layouts:
            self._layouts[room] = self.laid_out(self.view, room) if self.view and room else Layout([], 0, unicode=True)
        return self._layouts[room]

    def laid_out(self, view: View, room: int) -> Layout:
        """The bands below each other."""
        return Layout(list(self.board_rows(view, room)), room, unicode=view.notation.unicode)

    def first_that_fits(
        self, view: View, room: int, *choices: Iterable[BoardRow], otherwise: Iterable[BoardRow]
    ) -> Layout:
        """The layout of the first of ``choices`` that is low enough for this pane; if none is, of ``otherwise``.

        Where a student's numbers make all of them too high, the cells that differ are only marked.
        """
        listed, last = [[*rows] for rows in choices], [*otherwise]
        marked = [[with_marks_only(row) for row in rows] for rows in (*listed, last)] if view.their_numbers else []
        for rows in (*listed, *marked[:-1]):
            layout = Layout(rows, room, unicode=view.notation.unicode)
            if layout.size.height <= self.size.height:
                return layout
        return Layout(marked[-1] if marked else last, room, unicode=view.notation.unicode)

    def matrix(self, view: View, name: str, label: str = "") -> LaidOutMatrix:
        """The matrix called ``name``, with its numbers in the view."""
        return self.matrix_of(view, Symbol(name), label or view.notation.name(name))

    def matrix_of(self, view: View, expression: Expression, label: str) -> LaidOutMatrix:
        """The value of an expression in the view; dots if a matrix in it is not reached yet."""
        if view is not self._made_for:
            self._made_for, self._made = view, {}
        if (expression, label) not in self._made:
            self._made[expression, label] = self._make_matrix(view, expression, label)
        return self._made[expression, label]

    def _make_matrix(self, view: View, expression: Expression, label: str) -> LaidOutMatrix:
        symbols_used = symbols(expression)
        # Dots take the room that the numbers will need: nothing moves when they come.
        values, number_format = _NO_NUMBERS, _FORMAT_OF_DOTS
        if view.iteration_numbers:
            values, number_format = view.iteration_numbers.value_and_format(expression)
        if isinstance(expression, Symbol):
            name, style = expression.name, view.matrix_styles.get(expression.name, "")
        else:
            name, style = "", "operand" if symbols_used & view.matrix_styles.keys() else ""
        if not self.fills_result:
            style = {"current": "now", "operand": "used"}.get(style, style)
        selected = view.selected
        selected_cell = (selected.row, selected.column) if selected and name and selected.matrix == name else None
        if symbols_used & view.hidden.shapes:
            # Always one cell: the number of cells must not give away the shape.
            return LaidOutMatrix(label, (1, 1), None, number_format, style, has_unknown_shape=True)
        shape, axis = expression.shape(view.shapes), data_axis(view.state.document.network, expression)
        if not symbols_used <= view.reached_matrices:
            return LaidOutMatrix(label, shape, None, number_format, "pending", name, selected_cell, data_axis=axis)
        sources, hidden, without_sign = (
            cells_in_value(expression, cells) for cells in (view.source_cells, view.hidden.cells, view.hidden.signs)
        )
        if without_sign:
            # A question mark takes the place of every sign, and stands before the numbers that have none.
            number_format = replace(number_format, width=number_format.width + 1)
        theirs: Mapping[tuple[int, int], str] = {}
        if name in view.their_numbers:
            theirs = their_texts(view.their_numbers[name], values, number_format, view.notation)
            number_format = with_room_for(theirs, values, number_format)
            plain = view.notation.name(name)
            label = label.replace(plain, plain + mark_of_theirs(view.their_numbers[name], view.notation), 1)
        return LaidOutMatrix(
            label,
            shape,
            values,
            number_format,
            style,
            name,
            selected_cell,
            sources,
            hidden,
            without_sign,
            data_axis=axis,
            theirs=theirs,
        )


def wrapped_lines(sentence: str, room: int, style: str) -> Iterator[Line]:
    """A sentence in lines of at most ``room`` columns."""
    for line in textwrap.wrap(sentence, room):
        yield [(line, style)]
