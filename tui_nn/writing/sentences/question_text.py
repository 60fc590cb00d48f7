"""Writes questions and their right answers in words."""

import math

from tui_nn.network.formulas.equations import SINGLE_NUMBERS
from tui_nn.session.document import Document
from tui_nn.session.quiz.grading import Verdict
from tui_nn.session.quiz.questions import MATRIX, ROW, SIGN, Question
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation

_SHOWN = 4


def question_text(question: Question, notation: Notation, columns: int = 0) -> str:
    """The teacher's text of a question, or else the usual one, and how close an answer has to be.

    A question about a row says how many ``columns`` the row has; 0 keeps that secret.
    """
    how = _answer_format(question)
    if question.ask == ROW and columns:
        how = f"{counted(columns, 'number')}, {how}"
    return f"{question.text or _usual_text(question, notation)}{f' ({how})' if how else ''}"


def impossible_text(question: Question, rows: int, notation: Notation) -> str:
    """Why nobody can answer a question about a row that its iteration, which has so many ``rows``, does not have."""
    computes = f"iteration {group_digits(question.iteration)} computes with {counted(rows, 'row')} of the data"
    return f"This can't be answered: {computes}, so {notation.name(question.matrix)} has no row {question.row} there."


def _usual_text(question: Question, notation: Notation) -> str:
    name = notation.name(question.matrix)
    cell = name if question.matrix in SINGLE_NUMBERS else f"{name}[{question.row},{question.column}]"
    when = f"in iteration {group_digits(question.iteration)}"
    match question.ask:
        case "cell":
            return f"What is {cell} {when}?"
        case "row":
            return f"What is row {question.row} of {name} {when}?"
        case "sign":
            return f"What is the sign of {cell} {when}?"
        case "shape":
            return f"How many rows and columns does {name} have?"
    return f"What is {name} {when}?"


def _answer_format(question: Question) -> str:
    match question.ask:
        case "sign":
            return "+, - or 0"
        case "shape":
            return "such as 4x2"
    within = f"within {100 * question.tolerance:g} %" if question.tolerance else "to four digits"
    row_by_row = ", row by row, ; between the rows" if question.ask == MATRIX else ""
    return within + row_by_row


def question_label(question: Question, notation: Notation) -> str:
    """The question in a few words, for a table: ``shape of X``, ``sign of δ⁽³⁾[2,1]``."""
    name = notation.name(question.matrix)
    match question.ask:
        case "shape":
            return f"shape of {name}"
        case "row":
            return f"{name}[{question.row},]"
        case "matrix":
            return name
    cell = name if question.matrix in SINGLE_NUMBERS else f"{name}[{question.row},{question.column}]"
    return f"sign of {cell}" if question.ask == SIGN else cell


def expected_text(question: Question, verdict: Verdict, notation: Notation) -> str:
    """The right answer, as a student would type it."""
    expected = verdict.expected
    match question.ask:
        case "shape":
            return notation.shape((int(expected[0, 0]), int(expected[0, 1])))
        case "sign":
            return {1.0: "+", -1.0: notation.minus, 0.0: "0"}.get(float(expected[0, 0]), "?")
    rows = (" ".join(_number_text(float(cell)) for cell in row) for row in expected)
    return "; ".join(rows).replace("-", notation.minus)


def _number_text(value: float) -> str:
    return rounded_text(value, _SHOWN) if math.isfinite(value) else "overflow"


def shape_origin(matrix: str, document: Document) -> str:
    """Why X, Y, a weight or a bias has its shape: the rows and columns of the data, or the units of the layers."""
    data, layers = document.dataset, document.network.layers
    if matrix in ("X", "Y"):
        return (
            f"{counted(data.rows, 'row')} of data, {counted(data.inputs if matrix == 'X' else data.outputs, 'column')}"
        )
    layer = int(matrix[1:])
    into = f"into {counted(layers[layer], 'unit')}"
    return f"one row {into}" if matrix.startswith("b") else f"from {counted(layers[layer - 1], 'unit')} {into}"
