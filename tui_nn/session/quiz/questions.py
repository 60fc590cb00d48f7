"""Questions that a lesson asks. The screen hides what they ask for until they are answered."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import Network, ValidationError, equations, named_shapes, steps
from tui_nn.network.formulas.equations import matrices_by_row
from tui_nn.network.model.array import Array
from tui_nn.session import limits, validation

CELL, ROW, SIGN, SHAPE, MATRIX = ASKS = ("cell", "row", "sign", "shape", "matrix")
"""What a question can ask for: a number, a row, a number's sign, the matrix's shape, or all of its numbers."""

TOLERANCE = 0.01
"""How far an answer may be from the right number, relative to it, unless the question says otherwise."""


@frozen_dataclass
class Question:
    """A question about a matrix, asked at a step of an iteration. Rows and columns are counted from 1.

    ``ask`` is one of `ASKS`. A ``step`` of "" stands for the step that computes the matrix, or the first step if there
    is none. ``text`` is the question in the teacher's words, or "".
    """

    ask: str
    matrix: str
    iteration: int = 1
    step: str = ""
    row: int = 1
    column: int = 1
    tolerance: float = TOLERANCE
    text: str = ""


def checked_question(question: Question, network: Network, rows: int, iterations: int) -> Question:
    """The question with its step filled in.

    Raises `ValidationError` if the lesson has no such matrix, cell, step or iteration.
    """
    validation.choice("ask", question.ask, ASKS)
    shapes = named_shapes(network, rows)
    validation.choice("matrix", question.matrix, tuple(shapes))
    last_row, last_column = shapes[question.matrix]
    if isinstance(question.row, int) and not has_row(question, network, rows):
        says = ngettext(
            "Iteration {iteration} computes with {rows} row of the data, so {matrix} has no row {row} there. "
            "Ask about row 1.",
            "Iteration {iteration} computes with {rows} rows of the data, so {matrix} has no row {row} there. "
            "Ask about rows 1 to {rows}.",
            rows,
            iteration=question.iteration,
            rows=rows,
            matrix=question.matrix,
            row=question.row,
        )
        raise ValidationError("row", str(question.row), _("a whole number from 1 to {last}", last=rows), says)
    validation.whole_number("row", question.row, 1, last_row)
    validation.whole_number("column", question.column, 1, last_column)
    count = {CELL: 1, SIGN: 1, SHAPE: 1, ROW: last_column}.get(question.ask, last_row * last_column)
    if count > limits.NUMBERS_ASKED_FOR:
        expected = _("at most {most}, which have to be typed", most=limits.NUMBERS_ASKED_FOR)
        found = _("{matrix} with {count} numbers", matrix=question.matrix, count=count)
        raise ValidationError("matrix", found, expected)
    validation.whole_number("iteration", question.iteration, 1, iterations)
    order = [step.name for step in steps(network)]
    step = question.step or step_of(network, question.matrix)
    validation.choice("step", step, tuple(order))
    validation.text("text", question.text, limits.NOTE_LENGTH)
    if not 0 <= validation.number("tolerance", question.tolerance) <= 1:
        raise ValidationError(
            "tolerance", f"{question.tolerance:g}", _("a part of the number, from 0 to 1: 0.01 is a hundredth")
        )
    return replace(question, step=step)


def has_row(question: Question, network: Network, rows: int) -> bool:
    """Whether an iteration over so many ``rows`` of the data has the row that the question asks about.

    It may not: with batches, or if rows are kept back for a test, an iteration has only some of the rows of the data.
    """
    return question.row <= rows or question.matrix not in matrices_by_row(network)


def step_of(network: Network, matrix: str) -> str:
    """The step that computes a matrix; the first step for a matrix with which an iteration begins."""
    own = (equation.step.name for equation in equations(network) if equation.name == matrix)
    return next(own, steps(network)[0].name)


def asked_part(question: Question, matrix: Array) -> Array:
    """The part of ``matrix`` that the question asks for, with two dimensions; all of it for its shape."""
    match question.ask:
        case "cell" | "sign":
            return matrix[question.row - 1 : question.row, question.column - 1 : question.column]
        case "row":
            return matrix[question.row - 1 : question.row]
    return matrix
