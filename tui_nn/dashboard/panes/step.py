"""The pane of the step: its formula in words, in symbols, with its shapes, and with the numbers in place."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace

from textual.geometry import Size

from tui_nn.dashboard.panes.parts.cost_terms import (
    formula_lines,
    pieces_with_terms,
    sum_of_terms,
    with_formula_above,
    worked_term,
)
from tui_nn.dashboard.panes.parts.small_weights import small_weights_lines
from tui_nn.dashboard.panes.parts.step_layouts import Way, WindowWay, ways_to_lay_out, with_window
from tui_nn.dashboard.panes.parts.step_windows import FEW_LINES, Around, Texts, Windows
from tui_nn.dashboard.panes.parts.step_words import keys_to_begin_with, note_lines, question_lines, stop_lines
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard, wrapped_lines
from tui_nn.dashboard.widgets.matrices.matrix_layout import FORMULA, Layout, Spacing
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece, BoardRow, LaidOutMatrix, LaidOutSign
from tui_nn.dashboard.widgets.matrices.row_window import windowed
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _
from tui_nn.network import Equation, StepKind
from tui_nn.network.formulas.equations import PENALTY, SINGLE_NUMBERS, matrices_by_row
from tui_nn.network.formulas.explain import explain
from tui_nn.network.formulas.expression import Expression, symbols
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.cost_text import cost_text, floor_sentence
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.schedule_text import rate_text
from tui_nn.writing.notation.signs import FormulaBlock
from tui_nn.writing.sentences.steps_and_errors import overflow_sentence, step_sentence

_MARGIN = 2
_AIR = 1
"""The columns between the frame and a text."""
_MOST_BLANK = 8
_FEW_TERMS = 4
_MOST_WORKED = 3
_BLANK: Line = [("", "")]


class StepPane(MatrixBoard):
    """The step's formula: in words, in symbols, with its shapes, and with the numbers in place."""

    info = PaneInfo(
        name="step",
        title=_("Step"),
        hint=_("what is computed now"),
        help=_("What is computed now: words, symbols, shapes, numbers."),
        area=Area.TOP,
        place=10,
        tab=10,
    )
    frame_rule = "━"
    frame_colour = "$now"
    fills_result = True

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
            view.stopped,
            state.document,
            view.hidden,
            view.visible_matrices,
            (view.row, view.selected),
            None if view.iteration_numbers else (view.has_stopped, view.reached),
        )

    def name_in_frame(self, view: View, rows: str) -> None:
        """Shows the step's number and name in the frame, and at its right which rows are in sight."""
        brief = _("Step {step}", step=view.state.step_number) if _has_title_of_step(view) else ""
        beside = (rows, "" if view.is_explaining else _("e explain"))
        self.set_title(_title(view), brief, beside="  ".join(part for part in beside if part))

    @property
    def hint(self) -> str:
        """The pane's hint; "" while the pane shows the step of an explained number."""
        return "" if self.view and self.view.is_explaining else super().hint

    @property
    def is_marked(self) -> bool:
        """Whether this pane has the keys; it has them unless the user is in another pane."""
        return self.has_focus

    def matrix_of(self, view: View, expression: Expression, label: str) -> LaidOutMatrix:
        """The matrix, with a student's numbers below it where the step computes it, or no step does.

        Elsewhere the cells that differ are only marked: the step that computes them shows the student's numbers.
        """
        matrix = super().matrix_of(view, expression, label)
        is_of_other_step = matrix.theirs and not matrix.is_result and matrix.name in view.computed_names
        return replace(matrix, only_marks_theirs=True) if is_of_other_step else matrix

    def scroll_to_step(self) -> None:
        """Scrolls to the top, where this pane says what the step computes."""
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)

    def board_rows(self, view: View, room: int) -> Iterator[BoardRow]:
        """A sentence; then for each equation of the step its symbols, its shapes and its matrices."""
        document = view.state.document
        if view.is_untouched:
            yield from wrapped_lines(keys_to_begin_with(view.notation), room, "good")
        if marks := view.state.marks_here:
            yield from wrapped_lines(_("Mark: {marks}", marks=", ".join(marks)), room, "mark")
        yield from note_lines(view, room)
        if view.state.pane != "quiz":
            yield from question_lines(view, room)
        if view.overflow and view.iteration == view.overflow.iteration:
            yield from wrapped_lines(
                overflow_sentence(view.overflow, document.learning_rate, view.notation), room, "error"
            )
        yield from stop_lines(view, room)
        if not view.is_explaining:
            rate = rate_text(document, view.iteration, view.notation)
            sentence = step_sentence(view.step, document.network, view.notation, rate)
            yield from wrapped_lines(sentence, room, "")
        if not view.iteration_numbers:
            iteration, reached = group_digits(view.iteration), group_digits(view.reached)
            if view.has_stopped:
                says = _(
                    "Iteration {iteration} is not computed: it was stopped at {reached}; k goes on.",
                    iteration=iteration,
                    reached=reached,
                )
            else:
                says = _(
                    "Iteration {iteration} is being computed; {reached} are done.", iteration=iteration, reached=reached
                )
            yield from wrapped_lines(says, room, "title")
        elif not view.is_explaining:
            yield [("", "")]

    def _equation_pieces(self, view: View, equation: Equation) -> list[BoardPiece]:
        if total := sum_of_terms(equation):
            return pieces_with_terms(self, view, equation, total)
        pieces: list[BoardPiece] = []
        for token in view.notation.equation(equation):
            if isinstance(token, FormulaBlock):
                matrix = self.matrix_of(view, token.expression, token.label)
                by_row = not pieces and equation.name in matrices_by_row(view.state.document.network)
                shape = view.notation.shape_of(token.expression, view.shapes, view.hidden.shapes)
                row = view.row_in_pass if by_row and not matrix.has_unknown_shape else 0
                numbers = view.numbers_of_rows if row else ()
                pieces.append(replace(matrix, shape_text=shape, marked_row=row, row_numbers=numbers))
            else:
                pieces.append(LaidOutSign(token.text))
        return pieces

    def laid_out(self, view: View, room: int) -> Layout:
        """The step with as much air as there is room for, and the selected cell worked out below."""
        room_of_text = room - 2 * _AIR
        words = [_with_air(row) for row in self.board_rows(view, room_of_text)]
        if not view.iteration_numbers:
            return self._placed(view, room, words, FORMULA)
        way, (above, below) = self._best_way(view, room, self._texts(view, words, room_of_text))
        layout = self._placed(view, room, [*above, *way.rows, *below], way.spacing, way.margin)
        # Up to a third of the free lines goes above, so that the step does not stick to the top.
        if blank := [_BLANK] * min(max(0, self.size.height - layout.size.height) // 3, _MOST_BLANK):
            return self._placed(view, room, [*above, *blank, *way.rows, *below], way.spacing, way.margin)
        return layout

    def _best_way(self, view: View, room: int, texts: Texts) -> tuple[Way, Around]:
        """The way with most air that is low enough, with the words around it; for many rows of data, with a window."""
        formulas, rows = self._formulas(view), view.moment.rows
        has_window = rows > FEW_LINES and any(
            isinstance(piece, LaidOutMatrix) and piece.data_axis is not None for one in formulas for piece in one
        )

        def size_of(way: Way) -> Size:
            return self._placed(view, room, way.rows, way.spacing, way.margin).size

        margin = _MARGIN + max((len(str(number)) for number in view.numbers_of_rows), default=0)

        def with_lines(way: WindowWay, lines: int) -> Way:
            shown = [windowed(formula, lines, view.row_in_pass) for formula in formulas]
            return self._with_whole_formula(view, with_window(way, shown, room, margin), room)

        # A matrix with more rows than the pane has lines can't fit.
        if not has_window or rows <= self.size.height:
            ways = [self._with_whole_formula(view, way, room) for way in ways_to_lay_out(formulas, room, margin)]
            sized = [(way, size_of(way).height) for way in ways]
            airy = [(*way, around) for way in sized if way[0].is_airy for around in texts.airy]
            dense = [(*way, around) for way in sized if not way[0].is_airy for around in (*texts.dense, *texts.brief)]
            for way, height, (above, below) in (*airy, *dense):
                if height + len(above) + len(below) <= self.size.height:
                    return way, (above, below)
            if not has_window:
                # The pane has to be scrolled: nothing is gained if results stand apart from their formulas.
                return next((way, around) for way, _height, around in reversed(dense) if way.is_in_order)
        return Windows(with_lines, size_of, Size(room, self.size.height)).best(texts)

    @staticmethod
    def _with_whole_formula(view: View, way: Way, room: int) -> Way:
        """``way`` itself or, if the step shows the terms of J, with J's whole formula above them."""
        equation = next((one for one in view.explained_equations if sum_of_terms(one)), None)
        if not equation:
            return way
        formula = [_with_air(line) for line in formula_lines(view, equation, room - 2 * _AIR)]
        return way._replace(rows=with_formula_above(way.rows, formula, is_airy=way.is_airy))

    def _formulas(self, view: View) -> list[list[BoardPiece]]:
        """The formulas of the step; while a number is explained, that of its matrix, or the matrix itself."""
        equations = view.explained_equations if view.is_explaining else view.step_equations
        if view.is_explaining and not equations and view.selected:
            return [[self.matrix(view, view.selected.matrix)]]
        return [self._equation_pieces(view, equation) for equation in equations]

    def _texts(self, view: View, words: list[BoardRow], room: int) -> Texts:
        """The words above and below the matrices.

        While a number is explained, the selected cell is not worked out here: the explanation does that.
        """
        if view.is_explaining:
            return Texts([(words, [])], [(words, [])], [], [])
        # At the update, numbers worked out come first if there is not room for all.
        is_update, small = view.step.kind is StepKind.UPDATE, [*small_weights_lines(view, room)]
        told, perhaps = [*_loss(view, room), *([] if is_update else small)], small if is_update else []
        loss, worked, more = [[_with_air(row) for row in rows] for rows in (told, self._worked(view, room), perhaps)]
        apart = [*loss, _BLANK] if loss else []
        below = ([_BLANK, *apart, *worked], [_BLANK, *loss, *worked], [*loss, *worked])
        with_worked: list[Around] = [(words, [*one, *more]) for one in below]
        with_worked += [(words, one) for one in below] if more else []
        tight: Around = words[:-1], below[-1]
        return Texts(with_worked, with_worked, [tight], [(words, loss), (words[:-1], loss)])

    @staticmethod
    def _placed(view: View, room: int, rows: Sequence[BoardRow], spacing: Spacing, margin: int = _MARGIN) -> Layout:
        return Layout(rows, room, unicode=view.notation.unicode, spacing=spacing, margin=margin)

    def _worked(self, view: View, room: int) -> Iterator[Line]:
        """The selected cell of the result, or that of the row chosen, with its formula in numbers that add up."""
        where, said = self._worked_out(view)
        lines = textwrap.wrap(said, max(20, room - len(where) - 2))
        if len(lines) > _MOST_WORKED:
            return
        for number, part in enumerate(lines):
            yield [(where if not number else " " * len(where), "row" if not number else ""), (f"  {part}", "")]

    @staticmethod
    def _worked_out(view: View) -> tuple[str, str]:
        """Names a cell, and works it out in numbers; if the step shows the terms of J, the chosen row's term."""
        document, selected = view.state.document, view.selected_cell
        if not selected or selected.name not in {equation.name for equation in view.step_equations}:
            if total := next((found for one in view.step_equations if (found := sum_of_terms(one))), None):
                return worked_term(view, total)
            by_row = view.step_result in matrices_by_row(document.network)
            selected = Cell(view.step_result, view.row_in_pass if by_row else 1, 1)
        if not view.values_by_name or selected.name not in view.visible_matrices:
            return "", ""
        explanation = explain(document.network, document.dataset, selected, view.moment)
        names = {area.name for area in explanation.areas}
        if explanation.scalar is None or names & view.hidden.matrices:
            return "", ""
        text = explain_cell(explanation, view.values_by_name, view.notation, _FEW_TERMS)
        line = text.worked_out if len(text.worked_out) > 1 else text.figures
        said = f"{text.result} {view.notation.equals} {''.join(piece.text for piece in line)}"
        return _cell_words(selected, view), said


def _with_air(row: BoardRow) -> BoardRow:
    """A line of text that does not touch the frame; matrices have a margin of their own."""
    return [(" " * _AIR, ""), *row] if all(isinstance(part, tuple) for part in row) else row


def _loss(view: View, room: int) -> Iterator[Line]:
    """Sentences for the step J: its two parts, what the loss ℒ is, and below which number J can't fall.

    Leaves a sentence out if J has no penalty, if ℒ is J, or if J can fall to 0.
    """
    if view.step.kind is StepKind.COST and "J" in view.visible_matrices and view.iteration_numbers:
        computed = view.iteration_numbers.computed
        if computed.network.penalised and PENALTY in view.visible_matrices:
            of_data, penalty = (rounded_text(part, 4) for part in (computed.data_cost, float(computed[PENALTY][0, 0])))
            says = _(
                "J {equals} {of_data} for the errors + {penalty} for the penalty",
                equals=view.notation.equals,
                of_data=of_data,
                penalty=penalty,
            )
            yield from wrapped_lines(says, room, "")
        if computed.loss != computed.cost:
            what = cost_text(view.state.document.network, view.notation).loss
            says = f"{view.notation.loss} = {what} = {rounded_text(computed.loss, 4)}"
            yield from wrapped_lines(says, room, "")
        if "Y" in view.visible_matrices and (says := floor_sentence(computed.network, computed["Y"], view.notation)):
            yield from wrapped_lines(says, room, "")


def _cell_words(cell: Cell, view: View) -> str:
    """Which cell it is: its row of the data, or its name."""
    if cell.name in SINGLE_NUMBERS:
        return cell_name(cell, view.notation)
    if cell.name in matrices_by_row(view.state.document.network) and view.shapes[cell.name][1] == 1:
        return _("row {row}", row=view.moment.row_of_data(cell.row))
    return cell_name(cell, view.notation)


def _has_title_of_step(view: View) -> bool:
    return bool(view.explained_equations) and view.explained_equations[0].step == view.step


def _title(view: View) -> str:
    if not view.explained_equations:
        return _("Where it stands")
    if not _has_title_of_step(view):
        return _("Where it is computed")
    state = view.state
    name = view.notation.name(view.step.name)
    return _("Step {step} of {steps}: {name}", step=state.step_number, steps=len(state.steps), name=name)
