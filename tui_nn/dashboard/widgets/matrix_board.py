"""A pane of matrices and formulas, in which the arrows go from cell to cell."""

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np
from textual import events
from textual.geometry import Size
from textual.message import Message

from tui_nn.dashboard.terminal.plain_paste import LEAST, is_table
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.cell_typing import STARTS_A_NUMBER
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.matrix_layout import Band, LaidOutMatrix, Layout
from tui_nn.dashboard.widgets.pane import Pane
from tui_nn.network.formulas.explain import SourceCells
from tui_nn.network.formulas.expression import (
    Activated,
    Derivative,
    Difference,
    Expression,
    Negated,
    Symbol,
    Transposed,
    symbols,
)
from tui_nn.session.events import Selected, WeightSet
from tui_nn.writing.notation.number_format import format_of

_NOTHING = np.zeros((1, 1))
_PENDING = format_of(_NOTHING)

_ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
MATRICES = "In the matrices"


class MatrixBoard(Pane):
    """Shows formulas with their numbers as matrices. Arrows and clicks select a cell."""

    class WeightAsked(Message):
        """The weight selected is to be set; ``text`` is what was typed so far."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class WeightsPasted(Message):
        """The user pasted a block of numbers at the weight selected."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class ExplanationAsked(Message):
        """Enter was pressed: where does the cell selected come from? ``events`` select it first, if need be."""

        def __init__(self, *events: Selected) -> None:
            super().__init__()
            self.events = events

    commands: ClassVar[tuple[Command, ...]] = (
        Command("", "", "arrows", "select", "Select a cell, and go from matrix to matrix", MATRICES),
        Command("", "enter", "Enter", "explain", "Explain the cell selected", MATRICES),
        Command(
            "set_weight",
            "",
            "0-9",
            "set weight",
            "Set the weight selected to another value: type it",
            MATRICES,
            asks=True,
            makes=(WeightSet,),
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._layouts: dict[int, Layout] = {}

    def bands(self, view: View, room: int) -> Iterator[Band]:
        """What the pane shows, band by band from top to bottom."""
        raise NotImplementedError

    def matrices_in(self, view: View) -> frozenset[str]:
        """The names of the matrices that stand here."""
        raise NotImplementedError

    def part_of(self, view: View) -> object:
        """The matrices that stand here: their numbers, their parts in the step, and what of them is known."""
        names, selected, hidden = self.matrices_in(view), view.selected, view.hidden
        return (
            view.figures,
            view.notation,
            view.state.document.network,
            view.state.document.dataset.rows,
            names & view.known,
            {name: role for name, role in view.roles.items() if name in names},
            selected if selected and selected.matrix in names else None,
            *(tuple(a for a in areas if a.name in names) for areas in (view.sources, hidden.areas, hidden.signs)),
            names & hidden.shapes,
        )

    def show_view(self, view: View) -> None:
        """Lays the matrices out again."""
        self._layouts.clear()
        super().show_view(view)

    def watch_view(self, view: View | None) -> None:
        """Shows the new view, and scrolls to what its step computes."""
        super().watch_view(view)
        self.show_step()

    def fit(self) -> None:
        """Lays the matrices out for a new size, and keeps the step in sight."""
        super().fit()
        self.show_step()

    def show_step(self) -> None:
        """Scrolls to the matrix of the step: always to the same place, wherever the pane was scrolled before."""
        # Laying out a pane that is out of sight would take as long as one in sight.
        place = self._layout(self.room).place_of_step() if self.size else None
        if place:
            y = min(place.y, max(0, place.bottom - self.size.height))
            x = min(place.x, max(0, place.right - self.room))
            self.scroll_to(x, y, animate=False, force=True, immediate=True)

    def on_key(self, event: events.Key) -> None:
        """Arrows go from cell to cell, Enter explains the selected one, a number sets it if it is a weight."""
        if not self.view:
            return
        if event.key in _ARROWS:
            if beside := self._layout(self.room).cell_beside(*_ARROWS[event.key]):
                self._select(*beside)
        elif event.key == "enter":
            self.post_message(self.ExplanationAsked(*self.cell_in_sight()))
        elif not self.view.is_viewer and self.is_on_weight and event.character in STARTS_A_NUMBER:
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
        return self.is_on_weight and self.view is not None and not self.view.is_viewer

    def cell_in_sight(self) -> tuple[Selected, ...]:
        """The event that selects a cell in sight here, unless a cell of this pane is selected.

        The cell is in the step's matrix if that is in sight.
        """
        layout = self._layout(self.room)
        first = None if layout.place_of_cell() else layout.first_cell(self.scroll_offset.y)
        return (Selected(*first),) if first else ()

    def action_set_weight(self) -> None:
        """Asks for another value of the weight selected."""
        self.post_message(self.WeightAsked(""))

    @property
    def is_on_weight(self) -> bool:
        """Whether the selected cell is a parameter, which the user can set."""
        view = self.view
        return bool(view and view.selected and view.selected.matrix in view.state.document.network.shapes)

    def has_effect(self, command: Command) -> bool:
        """A weight can be set if one is selected."""
        return command.action != "set_weight" or self.is_on_weight

    def is_paste(self, text: str) -> bool | None:
        """Rows of numbers are, where weights can be set."""
        return True if self.may_paste and is_table(text) and len(text) >= LEAST else None

    def on_click(self, event: events.Click) -> None:
        """Selects the cell under the mouse."""
        offset = event.get_content_offset(self)
        if offset and (cell := self._layout(self.room).cell_at(*(offset + self.scroll_offset))):
            self._select(*cell)

    def _select(self, matrix: str, row: int, column: int) -> None:
        dispatch(self, Selected(matrix, row, column))
        if place := self._layout(self.room).place_of_cell():
            self.scroll_to_region(place, animate=False, force=True)

    def surface(self, room: int) -> Size:
        """The size of the formulas, broken to ``room``."""
        return self._layout(room).size

    def line(self, y: int) -> Line:
        """One line of the layout."""
        layout = self._layout(self.room)
        return layout.line(y) if y < layout.size.height else []

    def _layout(self, room: int) -> Layout:
        if room not in self._layouts:
            bands = list(self.bands(self.view, room)) if self.view and room else []
            self._layouts[room] = Layout(bands, room, unicode=not self.view or self.view.notation.unicode)
        return self._layouts[room]

    def matrix(self, view: View, name: str, label: str = "") -> LaidOutMatrix:
        """The matrix called ``name`` with its numbers in the view."""
        return self.term(view, Symbol(name), label or view.notation.name(name))

    def term(self, view: View, expression: Expression, label: str) -> LaidOutMatrix:
        """The value of an expression in the view; dots if a matrix in it is not reached yet."""
        named = symbols(expression)
        known = named <= view.known
        # Dots take the room that the numbers will need: nothing moves when they come.
        values, cells = view.figures.term(expression) if view.figures else (_NOTHING, _PENDING)
        if isinstance(expression, Symbol):
            style = view.roles.get(expression.name, "")
        else:
            style = "operand" if named & view.roles.keys() else ""
        name = expression.name if isinstance(expression, Symbol) else ""
        selected = view.selected
        cell = (selected.row, selected.column) if selected and name and selected.matrix == name else None
        if named & view.hidden.shapes:
            # Always one cell: counting cells must not tell the shape.
            return LaidOutMatrix(label, (1, 1), None, cells, style, is_unknown=True)
        shape = expression.shape(view.shapes)
        if not known:
            return LaidOutMatrix(label, shape, None, cells, "pending", name, cell)
        sources, hidden, unsigned = (
            _areas_in(expression, areas) for areas in (view.sources, view.hidden.areas, view.hidden.signs)
        )
        if unsigned:
            # A question mark takes the place of every sign, of those that have none as well.
            cells = replace(cells, width=cells.width + 1)
        return LaidOutMatrix(label, shape, values, cells, style, name, cell, sources, hidden, unsigned)


def _areas_in(expression: Expression, areas: tuple[SourceCells, ...]) -> tuple[SourceCells, ...]:
    """Where the cells of ``areas`` stand in the value of an expression that works cell by cell."""
    match expression:
        case Symbol(name):
            return tuple(area for area in areas if area.name == name)
        case Transposed(of):
            return tuple(SourceCells(area.name, area.column, area.row) for area in _areas_in(of, areas))
        case Activated(_, of) | Derivative(_, of) | Negated(of):
            return _areas_in(of, areas)
        case Difference(left, right):
            return _areas_in(left, areas) + _areas_in(right, areas)
    return ()


def wrapped(sentence: str, room: int, style: str) -> Iterator[Line]:
    """A sentence in lines of at most ``room`` columns."""
    for line in textwrap.wrap(sentence, room):
        yield [(line, style)]
