"""The lines of a quiz: each question, its answer and verdict, and the working."""

import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrix_board import wrapped_lines
from tui_nn.network.formulas.explain import explain
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.quiz.grading import Verdict
from tui_nn.session.quiz.questions import SHAPE, Question, asked_for
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.sentences.question_text import expected_text, question_label, question_text, shape_origin

INDENT = "   "
ANSWER_FIELD = "answer"
_MOST_TERMS = 6


def question_lines(view: View, number: int, room: int, refusal: Sequence[str], *, is_current: bool) -> Iterator[Line]:
    """A line for a question; more for the current one: its text, and its answer with the working once it is given.

    ``refusal`` are the lines that say why the answer typed is refused. A line in the style `ANSWER_FIELD` is the place
    of the field for the answer.
    """
    question = view.state.questions[number]
    answer, notation = view.state.answers.get(number), view.notation
    verdict = view.verdicts.get(number)
    mark, style = _mark(answer.text if answer else None, verdict, unicode=notation.unicode)
    head = f"{number} {mark} "
    if not is_current:
        told = f": {expected_text(question, verdict, notation)}" if verdict else ""
        text = question_label(question, notation) + told
        yield [(head, style), (_cut(text, room - len(head), notation.ellipsis), "faint")]
        return
    columns = 0 if question.matrix in view.hidden.shapes else view.shapes.get(question.matrix, (0, 0))[1]
    lines = list(wrapped_lines(question_text(question, notation, columns), max(10, room - len(head)), "title"))
    yield [(head, style), *lines[0]]
    yield from ([(" " * len(head), ""), *line] for line in lines[1:])
    if answer is None:
        yield [("", ANSWER_FIELD)]
        yield from ([(line, "refused")] for line in refusal)
    elif verdict is None:
        ends = number in view.verdicts and question.iteration > view.last_iteration
        says = "The run ends before its iteration." if ends else "Its iteration is being computed."
        yield [(INDENT + says, "faint")]
    else:
        given = f"{answer.text}: " if answer.text else ""
        says = "right." if verdict.is_right else f"it is {expected_text(question, verdict, notation)}."
        yield [(INDENT + given + says, "good" if verdict.is_right else "refused")]
        yield from _working_lines(view, number, question, room)


def _working_lines(view: View, number: int, question: Question, room: int) -> Iterator[Line]:
    """How the first of the numbers that were asked for comes about, or where the shape does."""
    equation = next((one for one in view.equations if one.name == question.matrix), None)
    if question.ask == SHAPE and not equation:
        says = shape_origin(question.matrix, view.state.document)
        yield from wrapped_lines(f"{INDENT}{says}", room, "title")
        return
    if question.ask == SHAPE and equation:
        for text in view.notation.shaped(equation, view.shapes, view.hidden.shapes):
            yield [(INDENT + text, "title")]
        return
    document = view.state.answers[number].plan.at(question.iteration)
    is_shown = view.iteration == question.iteration and document is view.state.document
    if question.ask == SHAPE or equation is None or not is_shown or not view.values_by_name:
        return
    rows, columns = asked_for(question, view.values_by_name[question.matrix]).shape
    whole = (rows, columns) == view.shapes[question.matrix]
    cell = Cell(question.matrix, 1 if whole else question.row, 1 if columns > 1 or whole else question.column)
    explanation = explain(document.network, document.dataset, cell, document.learning_rate)
    if explanation.scalar is None or {area.name for area in explanation.areas} & view.hidden.matrices:
        return
    found = explain_cell(explanation, view.values_by_name, view.notation, _MOST_TERMS)
    for number_of_line, pieces in enumerate(found.lines):
        text = "".join(piece.text for piece in pieces)
        name = found.name if not number_of_line else " " * cell_len(found.name)
        begin = f"{INDENT}{name} {view.notation.equals} "
        later = " " * cell_len(begin)
        for line in textwrap.wrap(text, max(10, room - cell_len(begin))):
            yield [(f"{begin}{line}", "")]
            begin = later
    equals = f"{INDENT}{' ' * cell_len(found.name)} {view.notation.equals} "
    yield [(equals, ""), (found.result, "current")]


def score(view: View) -> str:
    """``Quiz: 2 of 3 right, 4 to come``."""
    counted = {number for number in view.verdicts if view.counted_answers is None or number in view.counted_answers}
    answered = len(counted)
    right = sum(verdict is not None and verdict.is_right for number in counted if (verdict := view.verdicts[number]))
    to_come = len(view.state.open_questions)
    parts = [f"{right} of {answered} right"] if answered else []
    parts += [f"{to_come} to come"] if to_come else []
    return f"Quiz: {', '.join(parts)}" if parts else "Quiz"


def _mark(answer: str | None, verdict: Verdict | None, *, unicode: bool) -> tuple[str, str]:
    if answer is None or verdict is None:
        return " ", "title"
    if verdict.is_right:
        return ("✓" if unicode else "+"), "good"
    if not answer:
        return ("○" if unicode else "o"), "refused"
    return ("✗" if unicode else "x"), "refused"


def _cut(text: str, room: int, ellipsis: str) -> str:
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, max(0, room - len(ellipsis))) + ellipsis
