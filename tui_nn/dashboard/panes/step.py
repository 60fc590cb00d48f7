"""The pane of the step: its formula in words, in symbols, with its shapes, and with the numbers in place."""

from collections.abc import Iterator
from dataclasses import replace

from rich.cells import cell_len, set_cell_size
from textual.geometry import Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrix_board import MatrixBoard, wrapped_lines
from tui_nn.dashboard.widgets.matrix_layout import BoardPiece, BoardRow, LaidOutSign, Layout
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.network import Equation, StepKind
from tui_nn.network.formulas.expression import Symbol, symbols
from tui_nn.writing.notation.number_format import group_digits, rounded_text
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
    # The pane is as high as the iteration's tallest step, and asks for a new layout itself if that changes.
    height_follows_lines = False

    def __init__(self) -> None:
        super().__init__()
        self._measured_for: tuple[object, ...] = ()
        self._most_lines = 0
        self._heights: dict[tuple[object, ...], int] = {}

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """The lines of the iteration's tallest step, so that the panes stay where they are from step to step."""
        self._measure_tallest_step(width)
        return self._most_lines

    def matrices_in(self, view: View) -> frozenset[str]:
        """The matrices of the step; while a number is explained, those of its equation."""
        equations = view.explained_equations
        names = {symbol for equation in equations for symbol in symbols(equation.expression)}
        selected = {view.selected.matrix} if view.selected and view.is_explaining else set()
        return frozenset({*names, *(equation.name for equation in equations), *selected})

    def part_of(self, view: View) -> object:
        """The step's matrices, and all that the notes, marks, questions and sentences of the step depend on."""
        state = view.state
        return (
            super().part_of(view),
            view.step,
            view.iteration,
            view.explained_equations,
            view.is_explaining,
            view.is_untouched,
            (state.notes, state.marks, state.branches),
            (state.questions, state.open_questions_here, state.pane == "quiz"),
            view.overflow,
            state.document,
            view.hidden,
            "J" in view.visible_matrices,
            None if view.iteration_numbers else (view.has_stopped, view.reached),
        )

    def show_view(self, view: View) -> None:
        """Shows the new view, and asks for a new layout if the iteration's tallest step is higher or lower."""
        lines_before = self._most_lines
        self.set_title(_title(view))
        if self.size.width:
            self._measure_tallest_step(self.size.width)
        if self._most_lines != lines_before:
            self.refresh(layout=True)
        super().show_view(view)

    def _measure_tallest_step(self, width: int) -> None:
        view = self.view
        if not view or not view.iteration_numbers:
            return
        texts = (view.state.notes, view.state.marks, view.state.open_questions_here)
        measured_for = (view.iteration_numbers, view.state.document, texts, width)
        if measured_for == self._measured_for:
            return
        self._measured_for = measured_for
        # To lay out every step takes as long as all else in an iteration. Two iterations whose numbers are equally
        # wide have steps of the same heights, unless texts belong to one of them.
        iteration = view.iteration if any(texts) or view.overflow else 0
        looks = (view.state.document, texts, iteration, width, _number_widths(view))
        if looks not in self._heights:
            if len(self._heights) >= _MOST_HEIGHTS:
                self._heights.clear()
            states = (replace(view.state, step=step, pane=self.info.name) for step in view.state.steps)
            views = (replace(view, is_untouched=False, state=state) for state in states)
            rows_of_steps = (list(self.board_rows(one, width)) for one in views)
            heights = (Layout(rows, width, unicode=view.notation.unicode).size.height for rows in rows_of_steps)
            self._heights[looks] = max(heights)
        self._most_lines = self._heights[looks]

    @property
    def hint(self) -> str:
        """The pane's hint; "" while the pane shows the step of an explained number."""
        return "" if self.view and self.view.is_explaining else super().hint

    def scroll_to_step(self) -> None:
        """Scrolls to the top, where this pane says what the step computes."""
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)

    def board_rows(self, view: View, room: int) -> Iterator[BoardRow]:
        """A sentence; then for each equation of the step its symbols, its shapes and its matrices."""
        document = view.state.document
        if view.is_untouched:
            yield from wrapped_lines(_keys_to_begin_with(view.notation), room, "good")
        if marks := view.state.marks_here:
            yield from wrapped_lines(f"Mark: {', '.join(marks)}", room, "mark")
        yield from _note_lines(view, room)
        if view.state.pane != "quiz":
            yield from _question_lines(view, room)
        if view.overflow and view.iteration == view.overflow.iteration:
            yield from wrapped_lines(
                overflow_sentence(view.overflow, document.learning_rate, view.notation), room, "error"
            )
        if not view.is_explaining:
            sentence = step_sentence(view.step, document.network, view.notation, document.learning_rate)
            yield from wrapped_lines(sentence, room, "")
        if not view.iteration_numbers:
            iteration = group_digits(view.iteration)
            if view.has_stopped:
                says = (
                    f"Iteration {iteration} is not computed: it was stopped at {group_digits(view.reached)}; k goes on."
                )
            else:
                says = f"Iteration {iteration} is being computed; {group_digits(view.reached)} are done."
            yield from wrapped_lines(says, room, "title")
            return
        if view.is_explaining:
            # The explanation shows the formula and the shapes.
            for equation in view.explained_equations:
                yield self._equation_pieces(view, equation)
            if not view.explained_equations and view.selected:
                yield [self.matrix(view, view.selected.matrix)]
            return
        for equation in view.step_equations:
            above, below = view.notation.formula_over_shapes(equation, view.shapes, view.hidden.shapes)
            if equation.step.kind is StepKind.UPDATE:
                # All matrices have one shape, so it stands beside the formula and saves a line.
                shape = view.notation.shape_of(Symbol(equation.name), view.shapes, view.hidden.shapes)
                yield [(view.notation.formula(equation), "title"), (f"   each {shape}", "faint")]
            else:
                yield [(above, "title")]
                yield [(below, "faint")]
            yield self._equation_pieces(view, equation)
        if view.step.kind is StepKind.COST and "J" in view.visible_matrices:
            loss = rounded_text(view.iteration_numbers.computed.loss, 4)
            yield [(f"{view.notation.loss} = (1/N) times the sum of squared errors = {loss}", "")]

    def _equation_pieces(self, view: View, equation: Equation) -> list[BoardPiece]:
        pieces: list[BoardPiece] = []
        for token in view.notation.equation(equation):
            if isinstance(token, FormulaBlock):
                pieces.append(self.matrix_of(view, token.expression, token.label))
            else:
                pieces.append(LaidOutSign(token.text))
        return pieces


def _title(view: View) -> str:
    if not view.explained_equations:
        return "Where it stands"
    return "Step" if view.explained_equations[0].step == view.step else "Where it is computed"


def _note_lines(view: View, room: int) -> Iterator[Line]:
    """The newest note of this step in full, after the earlier ones, which the class has heard, on a line each."""
    *earlier, newest = view.state.notes_here or ("",)
    for note in earlier:
        text = f"Note: {note}"
        cut = text if cell_len(text) <= room else set_cell_size(text, room - 1) + view.notation.ellipsis[0]
        yield [(cut, "faint")]
    if newest:
        yield from wrapped_lines(f"Note: {newest}", room, "mark")


def _question_lines(view: View, room: int) -> Iterator[Line]:
    """The first questions that wait for an answer at this step, and how many more there are."""
    numbers = view.questions_here
    for number in numbers[:_MOST_QUESTIONS]:
        text = question_text(view.state.questions[number], view.notation)
        yield from wrapped_lines(f"Question {number}: {text} P answers it.", room, "mark")
    if more := numbers[_MOST_QUESTIONS:]:
        yield [(f"{len(more)} more {'is' if len(more) == 1 else 'are'} asked here.", "mark")]


def _keys_to_begin_with(notation: Notation) -> str:
    """Which keys a user can press first."""
    right, down = ("→", "↓") if notation.unicode else ("the right arrow", "the down arrow")
    return f"Press {right} for the next step, {down} for the next iteration, ? for all keys."


def _number_widths(view: View) -> tuple[int, ...]:
    """How wide a number is in each matrix of the iteration's formulas."""
    assert view.iteration_numbers is not None  # noqa: S101 - the caller has looked
    return tuple(
        view.iteration_numbers.value_and_format(token.expression)[1].width
        for equation in view.equations
        for token in view.notation.equation(equation)
        if isinstance(token, FormulaBlock)
    )
