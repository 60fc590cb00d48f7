"""Where the number selected comes from: its formula, the numbers in it, and those that it was made from."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Canvas, Line
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.network import SlopeVerdict
from tui_nn.network.formulas.explain import Explanation
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.formulas.scalar_expression import Applied, Cell, Scalar
from tui_nn.network.model.array import Array
from tui_nn.session.events import Event, Moved, Selected
from tui_nn.writing.formulas.cell_captions import is_set_by_hand, place, weight_origin
from tui_nn.writing.formulas.cell_explanation import Explained, explained, in_signs, number_shown
from tui_nn.writing.formulas.cell_formula import Piece, cell_name
from tui_nn.writing.formulas.slope_text import slope_lines
from tui_nn.writing.notation.activation_text import function_sentence
from tui_nn.writing.sentences.verdict_sentences import AGREEMENT, slope_verdict

_TERMS = 6
_MOST_TERMS = 2_000
_INDENT = "    "

_Spoken: TypeAlias = list[tuple[str, str, int | None]]
"""A line: texts with their styles, and the number of the cell that can be chosen there."""


class ExplainPane(Canvas, can_focus=True):
    """The cell selected; arrows choose one of those that it was made from, Enter goes there, Esc comes back."""

    class Followed(Message):
        """Enter led from ``cell``, explained at this iteration and step, to another cell."""

        def __init__(self, cell: Selected, iteration: int, step: str) -> None:
            super().__init__()
            self.cell = cell
            self.iteration = iteration
            self.step = step

    class BackAsked(Message):
        """Backspace was pressed: back to the cell explained before."""

    class LedToData(Message):
        """Enter led to ``cell``, a number of the data."""

        def __init__(self, cell: Selected) -> None:
            super().__init__()
            self.cell = cell

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.entitle("Explain")
        self._lines: list[_Spoken] = []
        self._explained: tuple[object, Explained | None] = (), None
        self._drawn: tuple[object, ...] = ()
        self._cell: Cell | None = None
        self._chosen = 0
        self._choices: dict[Cell | None, int] = {}
        self._places: list[int] = []
        self._extent = Size(0, 0)
        self._shows_all = False

    def watch_view(self, view: View | None) -> None:
        """Explains the cell that is selected now."""
        cell = view.selected_cell if view else None
        if cell != self._cell:
            self._cell, self._chosen, self._shows_all = cell, 0, False
        self.repaint()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows which cell Enter goes to, or hides it."""
        super().watch_has_focus(has_focus)
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """Chooses one of the cells that this one was made from, goes there, or comes back."""
        match event.key:
            case "left" | "up":
                self._choose(self._number - 1)
            case "right" | "down":
                self._choose(self._number + 1)
            case "enter":
                self._go()
            case "backspace":
                self.post_message(self.BackAsked())
            case _:
                return
        event.stop()
        event.prevent_default()

    def _choose(self, number: int) -> None:
        self._chosen = number
        self.repaint()
        if self._places:
            self.scroll_to_region(Region(0, self._places[self._number], 1, 1), animate=False, force=True)

    @property
    def _number(self) -> int:
        """The number of the cell chosen: there may be fewer now than when it was chosen."""
        return min(max(0, self._chosen), max(0, len(self._choices) - 1))

    def _follow(self, view: View, cell: Cell, *events: Event) -> None:
        """Goes from ``cell`` to where ``events`` lead."""
        left = Selected(cell.name, cell.row, cell.column)
        self.post_message(self.Followed(left, view.iteration, view.step.name))
        dispatch(self, *events)

    def _go(self) -> None:
        view = self.view
        if not view or not self._cell:
            return
        if self._cell.name in view.state.document.network.shapes:
            self._go_to_the_update(view, self._cell)
        elif self._choices:
            to = list(self._choices)[self._number]
            if to is None:
                self._shows_all = True
                self.repaint()
            else:
                self._go_on(view, to)

    def _go_to_the_update(self, view: View, cell: Cell) -> None:
        if view.iteration > 1 and not is_set_by_hand(cell, view.state.course, view.iteration):
            update = Selected(f"{cell.name}_next", cell.row, cell.column)
            self._follow(view, cell, Moved(view.iteration - 1, "update"), update)

    def _go_on(self, view: View, to: Cell) -> None:
        selected = Selected(to.name, to.row, to.column)
        if to.name in ("x", "y"):
            self.post_message(self.LedToData(selected))
        elif self._cell:
            self._follow(view, self._cell, selected)

    def surface(self, room: int) -> Size:
        """As large as what there is to say in this room."""
        drawn = self.view, room, self._shows_all
        if drawn != self._drawn:
            self._choices, self._places = {}, []
            self._lines = list(self._all_lines(room)) if self.view and room else []
            self._places = [y for y, line in enumerate(self._lines) for _, _, number in line if number is not None]
            self._drawn = drawn
            width = max((sum(cell_len(text) for text, _, _ in line) for line in self._lines), default=0)
            self._extent = Size(width, len(self._lines))
        return self._extent

    def line(self, y: int) -> Line:
        """One line, with the cursor on the cell chosen."""
        if y >= len(self._lines):
            return []
        chosen = self._number if self.has_focus else None
        return [
            (text, "cursor" if number is not None and number == chosen else style)
            for text, style, number in self._lines[y]
        ]

    def _all_lines(self, room: int) -> "Iterator[_Spoken]":
        view, cell = self.view, self._cell
        assert view is not None  # noqa: S101 - asked for where there is one
        if cell is None:
            yield from _wrapped(
                "Choose a cell of a matrix: Tab to a pane, then the arrows or the mouse.", room, "faint"
            )
            return
        name = cell_name(cell, view.notation)
        yield [(name, "label", None), (f"   {place(cell, view.state.document)}", "faint", None)]
        explanation = view.explanation
        if explanation is None or explanation.scalar is None:
            if view.numbers and cell.name not in view.hidden.names:
                yield [(f"  {view.notation.equals} {number_shown(cell, view.numbers, view.notation)}", "current", None)]
            yield from _wrapped(weight_origin(cell, view.state.course, view.iteration), room, "")
            if view.iteration > 1 and not is_set_by_hand(cell, view.state.course, view.iteration):
                yield [("Enter explains that update.", "faint", None)]
        elif not view.numbers or cell.name not in view.told or _names(explanation) & view.hidden.names:
            yield from self._equal(view, in_signs(explanation, view.notation, _TERMS), room, chosen=True)
            is_asked = view.numbers and cell.name in view.known
            says = "One of its numbers is asked for." if is_asked else "Not computed yet in this iteration."
            yield from _wrapped(says, room, "faint")
        else:
            found = self._found(view, explanation, view.numbers)
            yield from self._formula(view, found, room)
            yield from self._shapes(view, cell, room)
            if cell.name in ("X", "Y"):
                yield [("Enter shows it in the data.", "faint", None)]
            for activation, derived in dict.fromkeys(_applied(explanation.scalar)):
                yield [(function_sentence(activation, derived=derived, notation=view.notation), "faint", None)]
        if (slope := view.slope) and view.figures:
            weight = replace(cell, name=cell.name.removeprefix("dJd"))
            _, like = view.figures.term(Symbol(f"dJd{weight.name}"))
            named = cell_name(weight, view.notation)
            sentences = list(slope_lines(slope, named, view.notation, scientific=like.scientific))
            if measured := view.measured:
                agrees = measured.verdict() is SlopeVerdict.AGREE
                network = view.state.document.network
                said = AGREEMENT if agrees else slope_verdict(measured, network, view.iteration, view.notation)
                # If the sides agree, the sentence shares the line of the numbers: a small screen has few lines.
                sentences += [f"{sentences.pop()} {said}"] if agrees else [said]
            for sentence in sentences:
                yield from _wrapped(sentence, room, "")

    def _found(self, view: View, explanation: Explanation, values: dict[str, Array]) -> Explained:
        """The text of the explanation: of a sum of thousands it takes its time, and it is asked for twice."""
        known, found = self._explained
        if found is None or known != (view, self._shows_all):
            found = explained(explanation, values, view.notation, _MOST_TERMS if self._shows_all else _TERMS)
            self._explained = (view, self._shows_all), found
        return found

    def _formula(self, view: View, found: Explained, room: int) -> "Iterator[_Spoken]":
        for number, pieces in enumerate(found.lines):
            yield from self._equal(view, pieces, room, chosen=number == 0)
        sign = "≈" if found.rounded and view.notation.unicode else "~" if found.rounded else view.notation.equals
        yield [(f"  {sign} ", "", None), (found.result, "current", None)]
        if found.rounded:
            yield from _wrapped("The terms cancel: of this number the digits are rounding.", room, "faint")

    def _equal(self, view: View, pieces: Sequence[Piece], room: int, *, chosen: bool = False) -> "Iterator[_Spoken]":
        """``= a · b + c · d``, on as many lines as it needs; the cells can be chosen where ``chosen`` is true."""
        lines: list[_Spoken] = [[(f"  {view.notation.equals} ", "", None)]]
        used = cell_len(lines[0][0][0])
        for group in _groups(pieces, room - len(_INDENT)):
            width = sum(cell_len(piece.text) for piece in group)
            if used + width > room and len(lines[-1]) > 1:
                lines.append([(_INDENT, "", None)])
                used = len(_INDENT)
            for piece in group:
                lines[-1].append((piece.text, "operand" if piece.cell else "", self._choice(piece) if chosen else None))
            used += width
        yield from lines

    def _choice(self, piece: Piece) -> int | None:
        """The number under which a cell can be chosen, where it has not been named before; None for all else."""
        is_more = piece.cell is None and piece.text.endswith(" more") and not self._shows_all
        if not (piece.cell or is_more) or piece.cell in self._choices:
            return None
        return self._choices.setdefault(piece.cell, len(self._choices))

    def _shapes(self, view: View, cell: Cell, room: int) -> "Iterator[_Spoken]":
        equation = next((one for one in view.equations if one.name == cell.name), None)
        if equation:
            above, below = view.notation.shaped(equation, view.shapes, view.hidden.shapes)
            if cell_len(above) <= room:
                yield [(above, "title", None)]
                yield [(below, "faint", None)]


def _names(explanation: Explanation) -> set[str]:
    """The matrices that a number was made from, itself among them."""
    return {explanation.cell.name, *(area.name for area in explanation.areas)}


def _groups(pieces: Sequence[Piece], room: int) -> Iterator[Sequence[Piece]]:
    """What stays together on a line: a term with the plus before it, or, where that is too long, each factor."""
    for term in _parted(pieces, "+"):
        if sum(cell_len(piece.text) for piece in term) <= room:
            yield term
        else:
            yield from _parted(term, "")


def _parted(pieces: Sequence[Piece], sign: str) -> Iterator[Sequence[Piece]]:
    """The pieces, parted before each that is this sign with blanks around it; "" stands for any sign."""
    begins = [i for i, piece in enumerate(pieces) if i and piece.text.startswith(f" {sign}")]
    for begin, end in pairwise([0, *begins, len(pieces)]):
        yield pieces[begin:end]


def _applied(scalar: Scalar) -> Iterator[tuple[str, bool]]:
    if isinstance(scalar, Applied):
        yield scalar.activation, scalar.derived
    for part in ("left", "right", "of"):
        inner = getattr(scalar, part, None)
        if inner is not None and not isinstance(inner, str | Cell):
            yield from _applied(inner)


def _wrapped(sentence: str, room: int, style: str) -> Iterator[_Spoken]:
    for line in textwrap.wrap(sentence, max(10, room)):
        yield [(line, style, None)]
