"""The lines of a quiz: each question, its answer and verdict, and the working."""

import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.language import _
from tui_nn.network.formulas.explain import explain
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.quiz.grading import Verdict
from tui_nn.session.quiz.questions import SHAPE, Question, asked_part
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.sentences.question_text import (
    expected_text,
    impossible_text,
    question_label,
    question_text,
    shape_origin,
)

INDENT = "   "
ANSWER_FIELD = "answer"
_MOST_TERMS = 6


def question_lines(
    view: View, number: int, room: int, error_lines: Sequence[str], *, is_current: bool
) -> Iterator[Line]:
    """One line for a question; for the current one its whole text, the answer, the verdict and the working.

    ``error_lines`` says in lines why the answer typed is refused. A line in the style `ANSWER_FIELD` stands where the
    pane shows the field for the answer.
    """
    question = view.state.questions[number]
    answer, notation = view.state.answers.get(number), view.notation
    verdict = view.verdicts.get(number)
    mark, style = _mark(answer.text if answer else None, verdict, unicode=notation.unicode)
    head = f"{number} {mark} "
    if not is_current:
        expected = f": {expected_text(question, verdict, notation)}" if verdict else ""
        text = question_label(question, notation) + expected
        yield [(head, style), (_cut_to_width(text, room - len(head), notation.ellipsis), "faint")]
        return
    columns = 0 if question.matrix in view.hidden.shapes else view.shapes.get(question.matrix, (0, 0))[1]
    lines = list(wrapped_lines(question_text(question, notation, columns), max(10, room - len(head)), "title"))
    yield [(head, style), *lines[0]]
    yield from ([(" " * len(head), ""), *line] for line in lines[1:])
    if number in (impossible := view.state.impossible_questions):
        says = impossible_text(question, impossible[number], notation)
        yield from ([(INDENT, ""), *line] for line in wrapped_lines(says, max(10, room - len(INDENT)), "error"))
    elif answer is None:
        yield [("", ANSWER_FIELD)]
        yield from ([(line, "error")] for line in error_lines)
    elif verdict is None:
        is_beyond_run = number in view.verdicts and question.iteration > view.last_iteration
        ends, waits = _("The run ends before its iteration."), _("Its iteration is being computed.")
        reason = ends if is_beyond_run else waits
        yield [(INDENT + reason, "faint")]
    else:
        given = f"{answer.text}: " if answer.text else ""
        # For translators: the answer and a colon may stand before it.
        wrong = _("it is {expected}.", expected=expected_text(question, verdict, notation))
        judged = _("right.") if verdict.is_right else wrong
        yield [(INDENT + given + judged, "good" if verdict.is_right else "error")]
        yield from _working_lines(view, number, question, room)


def _working_lines(view: View, number: int, question: Question, room: int) -> Iterator[Line]:
    """How the first number asked for is computed; for a shape, the shapes in its equation or where it comes from."""
    equation = next((one for one in view.equations if one.name == question.matrix), None)
    if question.ask == SHAPE:
        if equation:
            yield from (
                [(INDENT + text, "title")]
                for text in view.notation.formula_over_shapes(equation, view.shapes, view.hidden.shapes)
            )
        else:
            yield from wrapped_lines(INDENT + shape_origin(question.matrix, view.state.document), room, "title")
        return
    document = view.state.answers[number].plan.document_at(question.iteration)
    is_shown = view.iteration == question.iteration and document is view.state.document
    if equation is None or not is_shown or not view.values_by_name:
        return
    rows, columns = asked_part(question, view.values_by_name[question.matrix]).shape
    is_whole = (rows, columns) == view.shapes[question.matrix]
    cell = Cell(question.matrix, 1 if is_whole else question.row, 1 if columns > 1 or is_whole else question.column)
    explanation = explain(document.network, document.dataset, cell, document.moment(question.iteration))
    if explanation.scalar is None or {area.name for area in explanation.areas} & view.hidden.matrices:
        return
    found = explain_cell(explanation, view.values_by_name, view.notation, _MOST_TERMS)
    equals = f" {view.notation.equals} "
    blank = INDENT + " " * cell_len(found.name)
    start = f"{INDENT}{found.name}{equals}"
    for pieces in found.lines:
        text = "".join(piece.text for piece in pieces)
        for line in textwrap.wrap(text, max(10, room - cell_len(start))):
            yield [(f"{start}{line}", "")]
            start = " " * cell_len(start)
        start = blank + equals
    yield [(blank + equals, ""), (found.result, "now")]


def score(view: View) -> str:
    """``Quiz: 2 of 3 right, 4 to come``."""
    counted = view.counted_answers
    verdicts = [verdict for number, verdict in view.verdicts.items() if counted is None or number in counted]
    right = sum(verdict is not None and verdict.is_right for verdict in verdicts)
    to_come = len(view.state.open_questions)
    parts = [_("{right} of {count} right", right=right, count=len(verdicts))] if verdicts else []
    parts += [_("{count} to come", count=to_come)] if to_come else []
    return _("Quiz: {score}", score=", ".join(parts)) if parts else _("Quiz")


def _mark(answer: str | None, verdict: Verdict | None, *, unicode: bool) -> tuple[str, str]:
    if answer is None or verdict is None:
        return " ", "title"
    if verdict.is_right:
        return ("✓" if unicode else "+"), "good"
    if not answer:
        return ("○" if unicode else "o"), "error"
    return ("✗" if unicode else "x"), "error"


def _cut_to_width(text: str, room: int, ellipsis: str) -> str:
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, max(0, room - len(ellipsis))) + ellipsis
