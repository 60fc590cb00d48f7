"""Questions that a lesson asks: what is hidden until it has been predicted, where, and when an answer is right."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from tui_nn.network import Network, Refusal, equations, matrix_shapes, steps
from tui_nn.network.array import Array
from tui_nn.network.expression import Shapes
from tui_nn.session import limits, typed, values

CELL, ROW, SIGN, SHAPE, MATRIX = ASKS = ("cell", "row", "sign", "shape", "matrix")
"""What can be asked for: a number, the numbers of a row, a number's sign, the rows and columns, or all numbers."""

TOLERANCE = 0.01
"""Relative: how far an answer may be from the number, unless a question says otherwise."""


@dataclass(frozen=True)
class Question:
    """What is asked for of a matrix, at a step of an iteration. Rows and columns are counted from 1.

    ``step`` is "" for the step that computes the matrix, or the first one where none does. ``text`` are the question's
    own words, or "".
    """

    ask: str
    matrix: str
    iteration: int = 1
    step: str = ""
    row: int = 1
    column: int = 1
    tolerance: float = TOLERANCE
    text: str = ""


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and the numbers that would have been: of shape (rows, columns); of a shape, 1×2."""

    is_right: bool
    expected: Array


def checked(question: Question, network: Network, rows: int, iterations: int) -> Question:
    """The question with its step. Raises `Refusal` where the lesson has no such matrix, cell, step or iteration."""
    values.choice("ask", question.ask, ASKS)
    shapes = matrix_shapes(network, rows)
    values.choice("matrix", question.matrix, tuple(shapes))
    last_row, last_column = shapes[question.matrix]
    values.whole("row", question.row, 1, last_row)
    values.whole("column", question.column, 1, last_column)
    values.whole("iteration", question.iteration, 1, iterations)
    order = [step.name for step in steps(network)]
    step = question.step or _step_of(network, question.matrix)
    values.choice("step", step, tuple(order))
    values.text("text", question.text, limits.NOTE_LENGTH)
    if not 0 <= values.number("tolerance", question.tolerance) <= 1:
        raise Refusal("tolerance", f"{question.tolerance:g}", "a part of the number, from 0 to 1: 0.01 is a hundredth")
    return replace(question, step=step)


def _step_of(network: Network, matrix: str) -> str:
    """The step that computes a matrix; the first one for what an iteration begins with."""
    own = (one.step.name for one in equations(network) if one.name == matrix)
    return next(own, steps(network)[0].name)


def judged(question: Question, shapes: Shapes, matrices: Mapping[str, Array], answer: str | None) -> Verdict:
    """What is to be said of an answer, None being none. ``matrices`` are those of the iteration: for a shape, none.

    Raises `Refusal` where ``answer`` is not of the kind that is asked for.
    """
    if question.ask == SHAPE:
        shape = shapes[question.matrix]
        return Verdict(answer is not None and _shape(answer) == shape, np.array([shape], dtype=float))
    expected = asked_for(question, matrices[question.matrix])
    if answer is None:
        return Verdict(False, np.sign(expected) if question.ask == SIGN else expected)
    if question.ask == SIGN:
        return Verdict(_sign(answer) == np.sign(expected[0, 0]), np.sign(expected))
    given = _numbers(answer, expected.shape)
    largest = float(np.abs(expected[np.isfinite(expected)]).max(initial=0.0))
    with np.errstate(invalid="ignore"):
        # A zero is no measure of itself: there the largest of those asked for is.
        measure = np.where(expected == 0, largest or 1.0, np.abs(expected))
        near = np.abs(given - expected) <= question.tolerance * measure * (1 + 1e-9)
    return Verdict(bool(near.all()), expected)


def understood(question: Question, shapes: Shapes, answer: str) -> None:
    """Raises `Refusal` where ``answer`` is not of the kind that is asked for; whether it is right, no matter."""
    rows, columns = shapes[question.matrix]
    match question.ask:
        case "shape":
            _shape(answer)
        case "sign":
            _sign(answer)
        case "cell":
            _numbers(answer, (1, 1))
        case "row":
            _numbers(answer, (1, columns))
        case _:
            _numbers(answer, (rows, columns))


def asked_for(question: Question, matrix: Array) -> Array:
    """The part of a matrix that is asked for, with two dimensions; all of it for its shape."""
    match question.ask:
        case "cell" | "sign":
            return matrix[question.row - 1 : question.row, question.column - 1 : question.column]
        case "row":
            return matrix[question.row - 1 : question.row]
    return matrix


_SIGNS = {
    "+": 1.0,
    "plus": 1.0,
    "positive": 1.0,
    "-": -1.0,
    "−": -1.0,
    "minus": -1.0,
    "negative": -1.0,
    "0": 0.0,
    "zero": 0.0,
}


def _sign(answer: str) -> float:
    sign = _SIGNS.get(answer.strip().casefold())
    if sign is None:
        raise Refusal("answer", values.found(answer), "+, - or 0")
    return sign


def _shape(answer: str) -> tuple[int, int]:
    found = re.fullmatch(r"\D*(\d{1,9})\D+(\d{1,9})\D*", answer)
    if not found:
        raise Refusal("answer", values.found(answer), "rows and columns, such as 3x2")
    return int(found[1]), int(found[2])


def _numbers(answer: str, shape: tuple[int, int]) -> Array:
    # A comma before a blank parts two numbers; within one it is its point.
    lines = [re.sub(r",\s", " ", line).split() for line in answer.split(";")]
    rows, columns = shape
    numbers = [typed.number(part) for line in lines for part in line]
    parted = len(lines) > 1 and columns > 1 and any(len(line) != columns for line in lines)
    if len(numbers) != rows * columns or parted:
        if rows * columns == 1:
            raise Refusal("answer", values.found(answer), "a number, such as 0.25, 1/4 or 1e-3")
        many = values.many(columns, "number")
        expected = many if rows == 1 else f"{values.many(rows, 'row')} of {many}, with ; between the rows"
        raise Refusal("answer", values.found(answer), expected)
    return np.array(numbers).reshape(shape)
