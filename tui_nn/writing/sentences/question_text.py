"""Writes questions and their right answers in words."""

import math

from tui_nn.language import _, ngettext
from tui_nn.network.formulas.equations import SINGLE_NUMBERS
from tui_nn.session.document import Document
from tui_nn.session.quiz.grading import Verdict
from tui_nn.session.quiz.questions import MATRIX, ROW, SIGN, Question
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation

_SHOWN = 4


def question_text(question: Question, notation: Notation, columns: int = 0) -> str:
    """The teacher's text of a question, or else the usual one, and how close an answer has to be.

    A question about a row says how many ``columns`` the row has; 0 keeps that secret.
    """
    how = _answer_format(question)
    if question.ask == ROW and columns:
        # For translators: {how} says how close an answer must be, such as "to four digits".
        how = ngettext("{numbers} number, {how}", "{numbers} numbers, {how}", columns, numbers=columns, how=how)
    return f"{question.text or _usual_text(question, notation)}{f' ({how})' if how else ''}"


def impossible_text(question: Question, rows: int, notation: Notation) -> str:
    """Why nobody can answer a question about a row that its iteration, which has so many ``rows``, does not have."""
    return ngettext(
        "This can't be answered: iteration {iteration} computes with {rows} row of the data, so {matrix} has no row "
        "{row} there.",
        "This can't be answered: iteration {iteration} computes with {rows} rows of the data, so {matrix} has no row "
        "{row} there.",
        rows,
        iteration=group_digits(question.iteration),
        rows=rows,
        matrix=notation.name(question.matrix),
        row=question.row,
    )


def _usual_text(question: Question, notation: Notation) -> str:
    name = notation.name(question.matrix)
    cell = name if question.matrix in SINGLE_NUMBERS else f"{name}[{question.row},{question.column}]"
    iteration = group_digits(question.iteration)
    match question.ask:
        case "cell":
            return _("What is {name} in iteration {iteration}?", name=cell, iteration=iteration)
        case "row":
            return _(
                "What is row {row} of {name} in iteration {iteration}?",
                row=question.row,
                name=name,
                iteration=iteration,
            )
        case "sign":
            return _("What is the sign of {name} in iteration {iteration}?", name=cell, iteration=iteration)
        case "shape":
            return _("How many rows and columns does {name} have?", name=name)
    return _("What is {name} in iteration {iteration}?", name=name, iteration=iteration)


def _answer_format(question: Question) -> str:
    match question.ask:
        case "sign":
            return _("+, - or 0")
        case "shape":
            return _("such as 4x2")
    if question.tolerance:
        percent = f"{100 * question.tolerance:g}"
        within = _("within {percent} %", percent=percent)
    else:
        within = _("to four digits")
    if question.ask == MATRIX:
        return _("{within}, row by row, ; between the rows", within=within)
    return within


def question_label(question: Question, notation: Notation) -> str:
    """The question in a few words, for a table: ``shape of X``, ``sign of δ⁽³⁾[2,1]``."""
    name = notation.name(question.matrix)
    match question.ask:
        case "shape":
            return _("shape of {name}", name=name)
        case "row":
            return f"{name}[{question.row},]"
        case "matrix":
            return name
    cell = name if question.matrix in SINGLE_NUMBERS else f"{name}[{question.row},{question.column}]"
    return _("sign of {name}", name=cell) if question.ask == SIGN else cell


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
    return rounded_text(value, _SHOWN) if math.isfinite(value) else _("overflow")


def shape_origin(matrix: str, document: Document) -> str:
    """Why X, Y, a weight or a bias has its shape: the rows and columns of the data, or the units of the layers."""
    data, layers = document.dataset, document.network.layers
    if matrix in ("X", "Y"):
        columns = data.inputs if matrix == "X" else data.outputs
        rows_text = ngettext("{rows} row of data", "{rows} rows of data", data.rows, rows=data.rows)
        columns_text = ngettext("{columns} column", "{columns} columns", columns, columns=columns)
        return f"{rows_text}, {columns_text}"
    after = layers[int(matrix[1:])]
    if matrix.startswith("b"):
        return ngettext("one row into {units} unit", "one row into {units} units", after, units=after)
    before = layers[int(matrix[1:]) - 1]
    # For translators: the units of two layers, "from 2 units into 1 unit".
    into = ngettext("into {units} unit", "into {units} units", after, units=after)
    source = ngettext("from {units} unit", "from {units} units", before, units=before)
    return f"{source} {into}"
