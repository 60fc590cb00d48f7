"""The pane of the step: its formula in words, in symbols, with its shapes, and with the numbers in place."""

from collections.abc import Iterator
from dataclasses import replace

from rich.cells import cell_len, set_cell_size
from textual.geometry import Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrix_board import MatrixBoard, wrapped
from tui_nn.dashboard.widgets.matrix_layout import Band, LaidOutSign, Layout, Piece
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.network import Equation, StepKind
from tui_nn.network.formulas.expression import Symbol, symbols
from tui_nn.writing.notation.number_format import grouped, significant
from tui_nn.writing.notation.signs import FormulaBlock, Notation
from tui_nn.writing.sentences.question_text import question_text
from tui_nn.writing.sentences.steps_and_errors import overflow_sentence, step_sentence

_MOST_HEIGHTS = 64
_MOST_QUESTIONS = 2


class StepPane(MatrixBoard):
    """The step's formula: in words, in symbols, with its shapes, and with the numbers in place."""

    info = PaneInfo(
        name="step",
        title="Step",
        hint="what is computed now",
        help="What is computed now: words, symbols, shapes, numbers.",
        column=Column.RIGHT,
        row=80,
        tab=10,
    )
    # It has the lines of the tallest step, and asks for a new layout itself when their number changes.
    is_as_high_as_its_lines = False

    def __init__(self) -> None:
        super().__init__()
        self._measured: tuple[object, ...] = ()
        self._tallest = 0
        self._heights: dict[tuple[object, ...], int] = {}

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """The lines of the iteration's tallest step, so that the panes stay where they are from step to step."""
        self._measure(width)
        return self._tallest

    def matrices_in(self, view: View) -> frozenset[str]:
        """Those of the step; where a number is explained, those that it is made from."""
        equations = view.explained_equations
        names = {symbol for equation in equations for symbol in symbols(equation.expression)}
        selected = {view.selected.matrix} if view.selected and view.is_explaining else set()
        return frozenset({*names, *(equation.name for equation in equations), *selected})

    def part_of(self, view: View) -> object:
        """The step's matrices, and all that is said and asked at it."""
        state = view.state
        return (
            super().part_of(view),
            view.step,
            view.iteration,
            view.explained_equations,
            view.is_explaining,
            view.is_untouched,
            (state.notes, state.marks, state.branches),
            (state.questions, state.asked_here, state.pane == "quiz"),
            view.overflow,
            state.document,
            view.hidden,
            "J" in view.told,
            None if view.figures else (view.has_stopped, view.reached),
        )

    def show_view(self, view: View) -> None:
        """Shows the new view, with more or fewer lines if its iteration needs them."""
        before = self._tallest
        self.entitle(_title(view))
        if self.size.width:
            self._measure(self.size.width)
        if self._tallest != before:
            self.refresh(layout=True)
        super().show_view(view)

    def _measure(self, width: int) -> None:
        view = self.view
        if not view or not view.figures:
            return
        said_here = (view.state.notes, view.state.marks, view.state.asked_here)
        measured = (view.figures, view.state.document, said_here, width)
        if measured == self._measured:
            return
        self._measured = measured
        # To lay out every step takes as long as all the rest of an iteration; mostly it differs in its numbers alone.
        said = view.iteration if any(said_here) or view.overflow else 0
        looks_like = (view.state.document, said_here, said, width, _widths(view))
        if looks_like not in self._heights:
            if len(self._heights) >= _MOST_HEIGHTS:
                self._heights.clear()
            later = replace(view, is_untouched=False)
            views = (
                replace(later, state=replace(view.state, step=step, pane=self.info.name)) for step in view.state.steps
            )
            bands = (list(self.bands(shown, width)) for shown in views)
            heights = (Layout(band, width, unicode=view.notation.unicode).size.height for band in bands)
            self._heights[looks_like] = max(heights)
        self._tallest = self._heights[looks_like]

    @property
    def hint(self) -> str:
        """The pane's hint; none while it shows the step of a number that is explained."""
        return "" if self.view and self.view.is_explaining else super().hint

    def show_step(self) -> None:
        """Scrolls to the top: this pane begins with what the step computes."""
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)

    def bands(self, view: View, room: int) -> Iterator[Band]:
        """A sentence; then for each equation of the step its symbols, its shapes and its matrices."""
        document = view.state.document
        if view.is_untouched:
            yield from wrapped(_begin(view.notation), room, "good")
        if marks := view.state.marks_here:
            yield from wrapped(f"Mark: {', '.join(marks)}", room, "mark")
        yield from _notes(view, room)
        if view.state.pane != "quiz":
            yield from _questions(view, room)
        if view.overflow and view.iteration == view.overflow.iteration:
            yield from wrapped(overflow_sentence(view.overflow, document.learning_rate, view.notation), room, "refused")
        if not view.is_explaining:
            sentence = step_sentence(view.step, document.network, view.notation, document.learning_rate)
            yield from wrapped(sentence, room, "")
        if not view.figures:
            iteration = grouped(view.iteration)
            if view.has_stopped:
                says = f"Iteration {iteration} is not computed: it was stopped at {grouped(view.reached)}; k goes on."
            else:
                says = f"Iteration {iteration} is being computed; {grouped(view.reached)} are done."
            yield from wrapped(says, room, "title")
            return
        if view.is_explaining:
            # Formula and shapes stand in the explanation.
            for equation in view.explained_equations:
                yield self._equation(view, equation)
            if not view.explained_equations and view.selected:
                yield [self.matrix(view, view.selected.matrix)]
            return
        for equation in view.step_equations:
            above, below = view.notation.shaped(equation, view.shapes, view.hidden.shapes)
            if equation.step.kind is StepKind.UPDATE:
                # All of one shape: a line less leaves room for every weight matrix.
                shape = view.notation.shape_of(Symbol(equation.name), view.shapes, view.hidden.shapes)
                yield [(view.notation.formula(equation), "title"), (f"   each {shape}", "faint")]
            else:
                yield [(above, "title")]
                yield [(below, "faint")]
            yield self._equation(view, equation)
        if view.step.kind is StepKind.COST and "J" in view.told:
            loss = significant(view.figures.computed.loss, 4)
            yield [(f"{view.notation.loss} = (1/N) times the sum of squared errors = {loss}", "")]

    def _equation(self, view: View, equation: Equation) -> list[Piece]:
        pieces: list[Piece] = []
        for token in view.notation.equation(equation):
            if isinstance(token, FormulaBlock):
                pieces.append(self.term(view, token.expression, token.label))
            else:
                pieces.append(LaidOutSign(token.text))
        return pieces


def _title(view: View) -> str:
    if not view.explained_equations:
        return "Where it stands"
    return "Step" if view.explained_equations[0].step == view.step else "Where it is computed"


def _notes(view: View, room: int) -> Iterator[Line]:
    """The last note made here in full; the notes before it, which the class has heard, on a line each."""
    *before, last = view.state.notes_here or ("",)
    for note in before:
        text = f"Note: {note}"
        cut = text if cell_len(text) <= room else set_cell_size(text, room - 1) + view.notation.ellipsis[0]
        yield [(cut, "faint")]
    if last:
        yield from wrapped(f"Note: {last}", room, "mark")


def _questions(view: View, room: int) -> Iterator[Line]:
    """The first of the questions that wait here, and how many more there are."""
    here = view.questions_here
    for number in here[:_MOST_QUESTIONS]:
        text = question_text(view.state.questions[number], view.notation)
        yield from wrapped(f"Question {number}: {text} P answers it.", room, "mark")
    if more := here[_MOST_QUESTIONS:]:
        yield [(f"{len(more)} more {'is' if len(more) == 1 else 'are'} asked here.", "mark")]


def _begin(notation: Notation) -> str:
    """What to press first."""
    right, down = ("→", "↓") if notation.unicode else ("the right arrow", "the down arrow")
    return f"Press {right} for the next step, {down} for the next iteration, ? for all keys."


def _widths(view: View) -> tuple[int, ...]:
    """How wide a number is in each matrix of the iteration's formulas."""
    assert view.figures is not None  # noqa: S101 - asked for where there are numbers
    return tuple(
        view.figures.term(token.expression)[1].width
        for equation in view.equations
        for token in view.notation.equation(equation)
        if isinstance(token, FormulaBlock)
    )
